module acme.example/velocity-limits

go 1.23
