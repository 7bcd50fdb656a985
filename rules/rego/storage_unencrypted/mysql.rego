# METADATA
# title: MySQL writes tables or logs without encryption
# description: The disk below may be encrypted, which is why this is no more than likely.
# custom: {severity: medium, confidence: low, applies_to: {mysql: [server]}}
package paylint.rules.storage_unencrypted.mysql

import data.paylint.keyed
import data.paylint.lib

# Options that encrypt what is stored: MySQL's and MariaDB's.
options := {
	"default_table_encryption": "new tables",
	"innodb_encrypt_tables": "tables",
	"innodb_encrypt_log": "the redo log",
	"innodb_redo_log_encrypt": "the redo log",
	"innodb_undo_log_encrypt": "the undo log",
	"binlog_encryption": "the binary log",
	"encrypt_binlog": "the binary log",
	"encrypt_tmp_files": "temporary files",
	"innodb_encrypt_temporary_tables": "temporary tables",
}

applies contains s.id if {
	s := input.mysql.server[_]
	some option, _ in options
	lib.present(s.config, option)
}

deny contains {"subject": s.id, "path": [option], "msg": msg} if {
	s := input.mysql.server[_]
	some option, what in options
	keyed.off(s.config[option])
	msg := sprintf("`%s` is off: %s lie on the disk and in backups in clear text; switch it on, with a keyring or key management plugin", [option, what])
}

unknown contains {"subject": s.id, "reason": "whether it is encrypted is given by a variable"} if {
	s := input.mysql.server[_]
	some option, _ in options
	lib.is_unknown(s.config[option])
}
