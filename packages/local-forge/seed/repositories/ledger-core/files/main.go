// Command ledger-core keeps the books of Acme.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"time"
)

func handler(book *Book) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("PUT /v1/postings/{id}", func(w http.ResponseWriter, r *http.Request) {
		var p Posting
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			answer(w, http.StatusBadRequest, map[string]string{"message": "body must be a posting"})
			return
		}
		p.ID = r.PathValue("id")
		posted, err := book.Post(p)
		switch {
		case errors.Is(err, ErrDuplicate):
			answer(w, http.StatusConflict, map[string]string{"message": err.Error()})
		case err != nil:
			answer(w, http.StatusUnprocessableEntity, map[string]string{"message": err.Error()})
		default:
			answer(w, http.StatusOK, posted)
		}
	})
	mux.HandleFunc("GET /v1/accounts/{account}/balances/{currency}", func(w http.ResponseWriter, r *http.Request) {
		balance := book.Balance(r.PathValue("account"), r.PathValue("currency"))
		answer(w, http.StatusOK, map[string]int64{"balance": balance})
	})
	return mux
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func main() {
	address := ":" + cmp.Or(os.Getenv("PORT"), "8083")
	srv := &http.Server{Addr: address, Handler: handler(NewBook(time.Now)), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(srv.ListenAndServe())
}
