package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestABurstThenTheRate(t *testing.T) {
	now := time.Unix(0, 0)
	b := NewBuckets(2, 3, func() time.Time { return now })
	for i := range 3 {
		if _, ok := b.Allow("m1"); !ok {
			t.Fatalf("request %d of the burst was refused", i)
		}
	}
	wait, ok := b.Allow("m1")
	if ok || wait != 500*time.Millisecond {
		t.Fatalf("%v %v", wait, ok)
	}
	now = now.Add(wait)
	if _, ok := b.Allow("m1"); !ok {
		t.Error("refused after the wait")
	}
}

func TestFullBucketsAreForgotten(t *testing.T) {
	now := time.Unix(0, 0)
	b := NewBuckets(1, 2, func() time.Time { return now })
	b.Allow("m1")
	now = now.Add(time.Second)
	b.Forget()
	if len(b.state) != 0 {
		t.Error("m1 is still remembered")
	}
}

func TestRefusedCallersAreToldWhenToComeBack(t *testing.T) {
	routes, err := parseRoutes("")
	if err != nil {
		t.Fatal(err)
	}
	h := limit(NewBuckets(0.5, 1, time.Now), routes)
	var w *httptest.ResponseRecorder
	for range 2 {
		w = httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	}
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "2" {
		t.Errorf("%d %q", w.Code, w.Header().Get("Retry-After"))
	}
}
