module acme.example/payout-scheduler

go 1.24
