package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type brokenAcquirer struct{}

func (brokenAcquirer) Authorize(string, int64, string) (bool, error) {
	return false, errors.New("line is down")
}

func post(h http.Handler, path, body string) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)))
	return w.Code
}

func TestHTTP(t *testing.T) {
	h := newServer(limitAcquirer{limit: 1000}, func() time.Time { return monday })
	steps := []struct {
		path, body string
		want       int
	}{
		{"/v1/authorizations", `{"token":"tok_1","amount":900,"currency":"EUR"}`, 201},
		{"/v1/authorizations", `{"token":"tok_1","amount":-1,"currency":"EUR"}`, 400},
		{"/v1/authorizations/auth_000001/capture", `{"amount":900}`, 200},
		{"/v1/authorizations/auth_000001/reverse", ``, 409},
		{"/v1/authorizations/auth_999999/reverse", ``, 404},
	}
	for _, step := range steps {
		if got := post(h, step.path, step.body); got != step.want {
			t.Errorf("%s %s: got %d, want %d", step.path, step.body, got, step.want)
		}
	}
}

func TestADownAcquirerIsNotADecline(t *testing.T) {
	h := newServer(brokenAcquirer{}, time.Now)
	if got := post(h, "/v1/authorizations", `{"amount":1,"currency":"EUR"}`); got != http.StatusBadGateway {
		t.Errorf("got %d", got)
	}
}
