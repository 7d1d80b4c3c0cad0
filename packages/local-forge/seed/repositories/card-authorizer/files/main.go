// Command card-authorizer reserves and captures money on cards.
package main

import (
	"cmp"
	"log"
	"net/http"
	"os"
	"time"
)

// limitAcquirer stands in where no acquirer is connected: small amounts are approved.
type limitAcquirer struct{ limit int64 }

func (l limitAcquirer) Authorize(_ string, amount int64, _ string) (bool, error) {
	return amount <= l.limit, nil
}

func main() {
	address := ":" + cmp.Or(os.Getenv("PORT"), "8081")
	handler := newServer(limitAcquirer{limit: 100_000}, time.Now)
	srv := &http.Server{Addr: address, Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(srv.ListenAndServe())
}
