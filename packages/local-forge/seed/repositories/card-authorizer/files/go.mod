module acme.example/card-authorizer

go 1.24
