package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Acquirer asks the issuer through the acquirer's network.
type Acquirer interface {
	Authorize(token string, amount int64, currency string) (approved bool, err error)
}

type server struct {
	acquirer Acquirer
	now      func() time.Time
	mu       sync.Mutex
	next     int
	byID     map[string]*Authorization
}

func newServer(acquirer Acquirer, now func() time.Time) http.Handler {
	s := &server{acquirer: acquirer, now: now, byID: map[string]*Authorization{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("POST /v1/authorizations", s.create)
	mux.HandleFunc("POST /v1/authorizations/{id}/capture", s.capture)
	mux.HandleFunc("POST /v1/authorizations/{id}/reverse", s.reverse)
	return mux
}

func (s *server) create(w http.ResponseWriter, r *http.Request) {
	var a Authorization
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&a); err != nil || a.Amount <= 0 || len(a.Currency) != 3 {
		write(w, http.StatusBadRequest, map[string]string{"code": "invalid_request"})
		return
	}
	approved, err := s.acquirer.Authorize(a.Token, a.Amount, a.Currency)
	if err != nil {
		write(w, http.StatusBadGateway, map[string]string{"code": "acquirer_unavailable"})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	a.ID, a.State, a.Captured = fmt.Sprintf("auth_%06d", s.next), Pending, 0
	_ = a.Decide(approved, s.now())
	s.byID[a.ID] = &a
	write(w, http.StatusCreated, a)
}

func (s *server) capture(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Amount int64 `json:"amount"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		write(w, http.StatusBadRequest, map[string]string{"code": "invalid_request"})
		return
	}
	s.change(w, r, func(a *Authorization) error { return a.Capture(body.Amount, s.now()) })
}

func (s *server) reverse(w http.ResponseWriter, r *http.Request) {
	s.change(w, r, func(a *Authorization) error { return a.Reverse(s.now()) })
}

func (s *server) change(w http.ResponseWriter, r *http.Request, do func(*Authorization) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, found := s.byID[r.PathValue("id")]
	if !found {
		write(w, http.StatusNotFound, map[string]string{"code": "not_found"})
		return
	}
	switch err := do(a); {
	case errors.Is(err, ErrState):
		write(w, http.StatusConflict, map[string]string{"code": "invalid_state", "message": err.Error()})
	case err != nil:
		write(w, http.StatusBadRequest, map[string]string{"code": "invalid_amount", "message": err.Error()})
	default:
		write(w, http.StatusOK, a)
	}
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
