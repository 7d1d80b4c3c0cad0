module acme.example/edge-gateway

go 1.24
