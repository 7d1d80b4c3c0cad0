package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"${{ values.goModule }}/internal/service"
)

func lookup(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

func request(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

// TestService runs the whole service with its back end, from start to stop.
func TestService(t *testing.T) {
	variables := map[string]string{"HTTP_ADDRESS": "127.0.0.1:0", "LOG_LEVEL": "debug"}
	for name, value := range backendEnv(t) {
		variables[name] = value
	}
	logs, stdout := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var stderr bytes.Buffer
	exit := make(chan int, 1)
	go func() {
		code := run(ctx, nil, lookup(variables), stdout, &stderr)
		if err := stdout.Close(); err != nil {
			t.Error(err)
		}
		exit <- code
	}()

	lines := bufio.NewScanner(logs)
	// The back end starts while the listener does: either may be first.
	seen := waitForAll(t, lines, "listening", "ready")
	address, _ := seen["listening"]["address"].(string)
	rest := make(chan string, 1)
	go func() {
		var messages strings.Builder
		for lines.Scan() {
			messages.WriteString(lines.Text() + "\n")
		}
		rest <- messages.String()
	}()

	base := "http://" + address
	if status, body := request(t, http.MethodGet, base+"/readyz", ""); status != http.StatusOK {
		t.Errorf("readyz: %d %s", status, body)
	}
	status, created := request(t, http.MethodPost, base+"/v1/items", `{"name":"first"}`)
	if status != http.StatusCreated {
		t.Errorf("create: %d %s", status, created)
	}
	if status, listed := request(t, http.MethodGet, base+"/v1/items", ""); status != http.StatusOK ||
		!strings.Contains(listed, strings.TrimSpace(created)) {
		t.Errorf("list: %d %s, want it to hold %s", status, listed, created)
	}
	if status, document := request(t, http.MethodGet, base+"/openapi.yaml", ""); status != http.StatusOK ||
		document != string(openAPI) {
		t.Errorf("openapi.yaml: %d", status)
	}
	if code := run(t.Context(), []string{"healthcheck"}, lookup(map[string]string{"HTTP_ADDRESS": address}), io.Discard, &stderr); code != 0 {
		t.Errorf("healthcheck: exit code %d: %s", code, &stderr)
	}

	stop()
	select {
	case code := <-exit:
		if code != 0 || stderr.Len() > 0 {
			t.Errorf("exit code %d, stderr: %s", code, &stderr)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("does not stop")
	}
	log := <-rest
	for _, message := range []string{"draining", "stopped", "request"} {
		if !strings.Contains(log, `"msg":"`+message+`"`) {
			t.Errorf("log lacks %q:\n%s", message, log)
		}
	}
	if code := run(t.Context(), []string{"healthcheck"}, lookup(map[string]string{"HTTP_ADDRESS": address}), io.Discard, io.Discard); code != 1 {
		t.Errorf("healthcheck of a stopped service: exit code %d", code)
	}
}

// waitForAll reads the log until it has each of the messages, in any order;
// every line has to be JSON.
func waitForAll(t *testing.T, lines *bufio.Scanner, messages ...string) map[string]map[string]any {
	t.Helper()
	seen := map[string]map[string]any{}
	for lines.Scan() {
		var line map[string]any
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if line["service"] != service.Name {
			t.Errorf("no service in %s", lines.Text())
		}
		if message, ok := line["msg"].(string); ok && slices.Contains(messages, message) {
			seen[message] = line
		}
		if len(seen) == len(messages) {
			return seen
		}
	}
	t.Fatalf("the log has not all of %q, but %v", messages, seen)
	return nil
}

func TestWrongConfigurationEndsTheProcessWithOneLine(t *testing.T) {
	var stdout, stderr bytes.Buffer
	variables := map[string]string{"HTTP_ADDRESS": "nowhere", "SHUTDOWN_GRACE": "soon"}
	code := run(t.Context(), nil, lookup(variables), &stdout, &stderr)
	if code != 1 || stdout.Len() > 0 {
		t.Errorf("exit code %d, stdout %s", code, &stdout)
	}
	line, rest, _ := strings.Cut(stderr.String(), "\n")
	if rest != "" || !strings.HasPrefix(line, service.Name+": configuration: ") {
		t.Errorf("not one line: %s", &stderr)
	}
	for _, name := range []string{"HTTP_ADDRESS", "SHUTDOWN_GRACE", backendVariable} {
		if !strings.Contains(line, name) {
			t.Errorf("%s is not named in: %s", name, line)
		}
	}
}

func TestUnknownCommandIsRefused(t *testing.T) {
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"migrate"}, lookup(nil), io.Discard, &stderr); code != 1 ||
		!strings.Contains(stderr.String(), "usage: ") {
		t.Errorf("exit code %d: %s", code, &stderr)
	}
}
