module kettlewick.example/ledger

go 1.22
