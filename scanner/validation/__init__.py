"""`paylint rules validate`: every rule against small edits that put a violation into sound code.

mutants, operators, reviewed   which edits there are, read from data
transplants                    and made of fixtures: the wrong line of one in the place of the right one of another
edit                           one edit of one file
lay_out                        each edited unit in a folder of its own
judge                          killed, survivor, or reported by a policy that has nothing to do with it
whole                          fixtures, silence, mutants: three scans and what comes of them
result, table, kept            what is said of it, to people and to the next run
"""
