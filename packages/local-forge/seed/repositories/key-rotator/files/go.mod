module acme.example/key-rotator

go 1.24
