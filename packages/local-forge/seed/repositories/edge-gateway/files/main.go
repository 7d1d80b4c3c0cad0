// Command edge-gateway routes requests to services and limits callers.
package main

import (
	"cmp"
	"log"
	"math"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// parseRoutes reads "prefix=target,prefix=target".
func parseRoutes(text string) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	for _, route := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		prefix, target, _ := strings.Cut(route, "=")
		to, err := url.Parse(target)
		if err != nil {
			return nil, err
		}
		mux.Handle(prefix, httputil.NewSingleHostReverseProxy(to))
	}
	return mux, nil
}

func limit(buckets *Buckets, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller := cmp.Or(r.Header.Get("X-Merchant"), r.RemoteAddr)
		if wait, ok := buckets.Allow(caller); !ok {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			http.Error(w, "too many requests", http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	routes, err := parseRoutes(os.Getenv("ROUTES"))
	if err != nil {
		log.Fatal(err)
	}
	buckets := NewBuckets(20, 60, time.Now)
	go func() {
		for range time.Tick(time.Minute) {
			buckets.Forget()
		}
	}()
	srv := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "8080"), Handler: limit(buckets, routes), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(srv.ListenAndServe())
}
