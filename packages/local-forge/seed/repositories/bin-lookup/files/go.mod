module acme.example/bin-lookup

go 1.23
