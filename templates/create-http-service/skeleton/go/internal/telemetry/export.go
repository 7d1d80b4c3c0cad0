package telemetry

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"${{ values.goModule }}/internal/config"
)

const defaultExportTimeout = 10 * time.Second

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// Export says where traces go. Its variables are those of the OpenTelemetry
// specification; one of traces wins over the general one.
type Export struct {
	// Endpoint is the URL to post to; traces stay here when it is empty.
	Endpoint string
	Header   http.Header
	// Timeout is of one attempt.
	Timeout time.Duration
	Gzip    bool
	// TLS is nil when the certificates of the system do.
	TLS *tls.Config
}

// ReadExport reads how to export traces; env.Err tells whether it is right.
func ReadExport(env *config.Env) Export {
	export := Export{
		Header:  of(env, "HEADERS", nil, parseHeader),
		Timeout: of(env, "TIMEOUT", defaultExportTimeout, parseMilliseconds),
		Gzip:    of(env, "COMPRESSION", false, parseCompression),
		TLS:     readTLS(env),
	}
	base := config.Optional(env, "OTEL_EXPORTER_OTLP_ENDPOINT", "", parseEndpoint)
	if base != "" {
		base = strings.TrimRight(base, "/") + "/v1/traces"
	}
	export.Endpoint = config.Optional(env, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", base, parseEndpoint)
	return export
}

// of reads the variable of traces, or the general one.
func of[T any](env *config.Env, name string, fallback T, parse func(string) (T, error)) T {
	value := fallback
	for _, prefix := range []string{"OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_"} {
		before := value
		value = config.Optional(env, prefix+name, "", func(text string) (T, error) {
			if text == "" {
				return before, nil
			}
			return parse(text)
		})
	}
	return value
}

func parseEndpoint(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.Host == "" || (endpoint.Scheme != "http" && endpoint.Scheme != "https") {
		return "", errors.New("must be an http or https URL")
	}
	return text, nil
}

func parseHeader(text string) (http.Header, error) {
	header := http.Header{}
	for pair := range strings.SplitSeq(text, ",") {
		name, encoded, ok := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		value, err := url.PathUnescape(strings.TrimSpace(encoded))
		if !ok || err != nil || !headerName.MatchString(name) || strings.ContainsFunc(value, unicode.IsControl) {
			return nil, errors.New("must be a comma-separated list of name=value, the values URL-encoded")
		}
		header.Set(name, value)
	}
	return header, nil
}

func parseMilliseconds(text string) (time.Duration, error) {
	value, err := strconv.ParseUint(text, 10, 31)
	if err != nil || value == 0 {
		return 0, errors.New("must be a positive number of milliseconds")
	}
	return time.Duration(value) * time.Millisecond, nil
}

func parseCompression(text string) (bool, error) {
	if text != "gzip" && text != "none" {
		return false, errors.New("must be gzip or none")
	}
	return text == "gzip", nil
}

func readTLS(env *config.Env) *tls.Config {
	settings := &tls.Config{
		MinVersion: tls.VersionTLS12,
		RootCAs:    of(env, "CERTIFICATE", nil, readPool),
	}
	certificate := of(env, "CLIENT_CERTIFICATE", "", config.Text)
	if certificate != "" {
		pair := of(env, "CLIENT_KEY", nil, func(key string) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(certificate, key)
			if err != nil {
				return nil, errors.New("must be a file with the PEM key of the client certificate")
			}
			return &pair, nil
		})
		if pair != nil {
			settings.Certificates = []tls.Certificate{*pair}
		}
	}
	if settings.RootCAs == nil && settings.Certificates == nil {
		return nil
	}
	return settings
}

func readPool(file string) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	text, err := os.ReadFile(file) //nolint:gosec // The environment names the file.
	if err != nil || !pool.AppendCertsFromPEM(text) {
		return nil, errors.New("must be a file with PEM certificates")
	}
	return pool, nil
}
