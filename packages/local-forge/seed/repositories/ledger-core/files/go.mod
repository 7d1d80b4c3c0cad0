module acme.example/ledger-core

go 1.24
