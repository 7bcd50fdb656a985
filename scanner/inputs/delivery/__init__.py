"""How software is built, shipped and started: Dockerfiles, Compose files, and the pipelines of GitHub and GitLab.

Four inputs, `dockerfile`, `compose`, `github_actions` and `gitlab_ci`, in one package because they hold the same:
shell scripts, environment variables, images. They say it in the same shape, so that one helper, `rego/lib/delivery`,
serves the rules of all four. In a subject's config:

    commands   [{name, words, text, variables, to, redirects}]  every command of its scripts, in the order of the text;
               `name` without its folder ("curl"), "" for a bare assignment; `words` from the name on, without quotes,
               `$X` left as it is; `variables` set for it or exported by it; `to`: the name of the command it is piped
               into, or null; `redirects` [{operator, target}]; `lines`: those of its here-documents that are no scripts
    variables  [{name, value, scope}]  environment variables, build arguments and inputs, as written
    images     [{image, name, tag, digest, scope}]  container images it runs; `tag` and `digest` null where left out
"""
