"""What says secret by its name or its place is not shown, whichever rule shows the line."""

from __future__ import annotations

import pytest

from scanner.passwords import hidden, in_message, taken, without, without_passwords

SECRETS = [  # file, what it says
    ("redis.conf", "requirepass sesame-open"),
    ("redis.conf", 'masterauth "sesame-open"'),
    ("redis.conf", "user shop on >sesame-open ~* +@all"),
    ("sentinel.conf", "sentinel auth-pass mymaster sesame-open"),
    (".env", "DB_PASSWORD=sesame-open"),
    ("a.yaml", "password: sesame-open"),
    ("a.yaml", "  - password: 'sesame-open'"),
    ("a.yaml", "- name: DB_PASSWORD\n  value: sesame-open"),
    ("a.yaml", '{name: DB_PASSWORD, value: "sesame-open"}'),
    ("a.json", '{"name": "API_TOKEN", "value": "sesame-open"}'),
    ("a.json", '"password": "sesame-open",'),
    ("a.json", '"env": "{\\"password\\": \\"sesame-open\\"}"'),
    ("main.tf", 'password = "sesame-open"'),
    ("main.tf", "    export DB_PASSWORD=sesame-open"),
    ("main.tf", 'variable "db_password" {\n  type = string\n  default = "sesame-open"'),
    ("main.tf", 'user_data = "#!/bin/sh\\nexport TOKEN=sesame-open\\n"'),
    ("main.tf", '  url = "jdbc:mysql://h/db?user=a&password=sesame-open"'),
    ("app.properties", "spring.datasource.url=jdbc:mysql://h/db?user=a&password=sesame-open"),
    ("app.properties", "url=Server=h;User Id=a;Pwd=sesame-open;Encrypt=no"),
    ("app.py", 'password = "sesame-open"'),
    ("app.py", 'connect(host="x", password=b"sesame-open")'),
    ("app.py", 'connect("host=x password=sesame-open user=y")'),
    ("app.py", 'password: str = "sesame-open"'),
    ("app.py", 'os.environ["DB_PASSWORD"] = "sesame-open"'),
    ("app.js", "const clientSecret: string = 'sesame-open';"),
    ("app.js", "{password: 'sesame-open'}"),
    ("App.java", 'props.setProperty("db.password", "sesame-open");'),
    ("a.sql", "CREATE USER x IDENTIFIED BY 'sesame-open';"),
    ("a.sql", "CREATE ROLE x LOGIN PASSWORD 'sesame-open';"),
    ("a.sql", "ALTER USER x WITH PASSWORD = 'sesame-open'"),
    ("Dockerfile", "ENV DB_PASSWORD sesame-open"),
    ("Dockerfile", "ENV A=b DB_PASSWORD=sesame-open C=d"),
    ("Dockerfile", "RUN mysql -u root -psesame-open db"),
    ("Dockerfile", "RUN curl -u shop:sesame-open https://x"),
    ("Dockerfile", "RUN deploy --token sesame-open"),
    ("Dockerfile", "RUN deploy --api-token=sesame-open x"),
    ("httpd.conf", "SetEnv DB_PASSWORD sesame-open"),
    ("httpd.conf", 'RequestHeader set Authorization "Basic sesame-open"'),
    ("httpd.conf", 'AuthLDAPBindPassword "sesame-open"'),
    ("nginx.conf", 'proxy_set_header Authorization "Bearer sesame-open";'),
    ("nginx.conf", "    set $db_password sesame-open;"),
    ("nginx.conf", "fastcgi_param DB_PASSWORD sesame-open;"),
    ("haproxy.cfg", "    user shop insecure-password sesame-open"),
    ("haproxy.cfg", "    stats auth admin:sesame-open"),
    ("my.cnf", "password = sesame-open"),
    ("a.xml", "<password>sesame-open</password>"),
    ("a.xml", '<property name="password" value="sesame-open"/>'),
    ("postgresql.conf", "primary_conninfo = 'host=a user=b password=sesame-open'"),
    ("pg.yaml", 'args: ["--password", "sesame-open"]'),
]
NONE = [
    ("a.yaml", "private_key: {inline_string: x}"),
    ("main.tf", 'arn = "arn:aws:secretsmanager:eu-central-1:1:secret:gateway"'),
    ("a.yaml", "Password: !Sub ${Password}"),
    ("a.json", '{"name": "API_TOKEN", "from": "environment"}'),
    ("a.yaml", "automountServiceAccountToken: true"),
    ("a.yaml", "id-token: write"),
    ("a.yaml", "password: ${DB_PASSWORD}"),
    ("a.yaml", "password: {{ .Values.password }}"),
    ("a.yaml", "passwordSecretRef: name"),
    ("a.yaml", "secretName: tls-cert"),
    ("a.yaml", "existingSecret: shop-db"),
    ("a.yaml", "  secretKeyRef:\n    name: x"),
    ("main.tf", "password = var.db_password"),
    ("main.tf", "password = random_password.db.result"),
    ("main.tf", "password = data.aws_secretsmanager_secret_version.x.secret_string"),
    ("main.tf", 'kms_master_key_id = "alias/x"'),
    ("main.tf", "  password = local_password"),
    ("main.tf", 'resource "aws_secretsmanager_secret" "db_password" {'),
    ("main.tf", "secret_id = aws_secretsmanager_secret.db.id"),
    ("app.py", "password = get_password(user)"),
    ("app.py", "connect(password=pw, user=u)"),
    ("app.py", 'logging.info("password: %s", password)'),
    ("app.py", "def f(password: str, token: Token) -> None:"),
    ("app.java", "String password = user.getPassword();"),
    ("a.sql", "password VARCHAR(255) NOT NULL"),
    ("a.sql", "PRIMARY KEY (id)"),
    ("nginx.conf", "proxy_pass http://backend;"),
    ("nginx.conf", "fastcgi_pass backend;"),
    ("nginx.conf", "auth_basic_user_file /etc/nginx/.htpasswd;"),
    ("httpd.conf", "SSLPassPhraseDialog builtin"),
    ("redis.conf", "tls-auth-clients no"),
    ("my.cnf", "default_authentication_plugin=mysql_native_password"),
    ("postgresql.conf", "password_encryption = scram-sha-256"),
    ("postgresql.conf", "ssl_passphrase_command = '/usr/bin/x'"),
    ("a.yaml", "password: /run/secrets/db"),
    (".env", "TOKEN=$(cat /run/x)"),
    ("a.yaml", "# rotate the secret weekly"),
    ("redis.conf", "requirepass ${REDIS_PASSWORD}"),
]


@pytest.mark.parametrize(("path", "text"), SECRETS)
def test_values_behind_names_are_hidden_and_nothing_moves(path: str, text: str) -> None:
    assert "sesame-open" in text
    assert hidden(text, path) == text.replace("sesame-open", "***********")
    assert hidden(hidden(text, path), path) == hidden(text, path)


@pytest.mark.parametrize(("path", "text"), NONE)
def test_references_and_other_words_stay(path: str, text: str) -> None:
    assert hidden(text, path) == text


def test_what_is_hidden_can_be_looked_for_elsewhere() -> None:
    text = "requirepass sesame-open\nport 6379\npassword: abc"
    gone = taken(text, hidden(text, "redis.conf"))
    assert gone == {"sesame-open"}
    assert without("is `sesame-open` here", gone) == "is `***********` here"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ('{"requirepass": "sesame"}', '{"requirepass": "******"}'),
        ("calls https://shop:sesame@bank", "calls https://shop:******@bank"),
        ("`--token=sesame` is on the command line", "`--token=******` is on the command line"),
        ("the password is known: change it", "the password is known: change it"),
        ("a secret: nobody may read it", "a secret: nobody may read it"),
        ("write `password = var.password`", "write `password = var.password`"),
    ],
)
def test_messages(message: str, shown: str) -> None:
    assert in_message(message) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("redis://:horse-battery@cache:6379/0", "redis://:*************@cache:6379/0"),
        ('url = "postgres://shop:p@ss@db/shop" # x@y', 'url = "postgres://shop:****@db/shop" # x@y'),
        ("amqp://a:one@h1,amqp://b:two@h2", "amqp://a:***@h1,amqp://b:***@h2"),
        ("redis://:a/b@cache", "redis://:***@cache"),
        ("mongodb://u:12345@h1:27017,h2:27017/db", "mongodb://u:*****@h1:27017,h2:27017/db"),
        *(
            (text, text)
            for text in (
                "http://registry:4873/@scope/package",
                "https://shop:${PASSWORD}@bank",
                "https://{user}:{password}@bank",
                "https://shop:<password>@bank",
                "https://example.com/a:b@c",
                "mailto:shop@example.com https://example.com",
            )
        ),
    ],
)
def test_passwords_in_urls_are_hidden_and_nothing_moves(text: str, shown: str) -> None:
    assert without_passwords(text) == shown
    assert without_passwords(shown) == shown


@pytest.mark.parametrize("word", ["password", "postgres", "mysql", "certs/server.key", ".env.production", "id_ed25519"])
def test_words_that_tell_nothing_are_not_looked_for_elsewhere(word: str) -> None:
    assert taken(f"X={word} y", f"X={'*' * len(word)} y") == set()
