package telemetry

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"${{ values.goModule }}/internal/service"
)

const (
	firstRetry     = 5 * time.Second
	slowestRetry   = 30 * time.Second
	maxRetryTime   = time.Minute
	maxAnswerBytes = 64 << 10
	contentType    = "application/x-protobuf"
)

// otlpClient posts traces by OTLP/HTTP. OpenTelemetry's own client compiles
// the whole of gRPC, which made up a tenth of the time that a build takes.
type otlpClient struct {
	export  Export
	client  *http.Client
	backOff func() backoff.BackOff
	stopped context.Context
	stop    context.CancelCauseFunc
}

var errStopped = errors.New("the exporter is stopped")

func newOTLPClient(export Export) *otlpClient {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		ForceAttemptHTTP2:   true,
		TLSClientConfig:     export.TLS,
		TLSHandshakeTimeout: export.Timeout,
		IdleConnTimeout:     90 * time.Second,
	}
	c := &otlpClient{
		export: export,
		client: &http.Client{Transport: transport, Timeout: export.Timeout},
		backOff: func() backoff.BackOff {
			b := backoff.NewExponentialBackOff()
			b.InitialInterval, b.MaxInterval = firstRetry, slowestRetry
			return b
		},
	}
	c.stopped, c.stop = context.WithCancelCause(context.Background())
	return c
}

// Start does nothing: a connection is made when there is something to send.
func (c *otlpClient) Start(context.Context) error { return nil }

// Stop ends what is under way.
func (c *otlpClient) Stop(ctx context.Context) error {
	c.stop(errStopped)
	c.client.CloseIdleConnections()
	return ctx.Err()
}

// UploadTraces sends spans, and tries again while the collector asks for it.
func (c *otlpClient) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	// On the wire this is an ExportTraceServiceRequest, whose package needs gRPC.
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return fmt.Errorf("write traces: %w", err)
	}
	if c.export.Gzip {
		if body, err = compressed(body); err != nil {
			return fmt.Errorf("compress traces: %w", err)
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(c.stopped, func() { cancel(errStopped) })()

	_, err = backoff.Retry(ctx,
		func() (struct{}, error) { return struct{}{}, c.post(ctx, body) },
		backoff.WithBackOff(c.backOff()),
		backoff.WithMaxElapsedTime(maxRetryTime),
	)
	if err != nil {
		return fmt.Errorf("export traces: %w", err)
	}
	return nil
}

// post fails for good, unless the error is one that a later attempt may mend.
func (c *otlpClient) post(ctx context.Context, body []byte) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.export.Endpoint, bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(err)
	}
	request.Header = c.export.Header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if request.Header.Get("User-Agent") == "" {
		request.Header.Set("User-Agent", service.Name+"/"+service.Version)
	}
	request.Header.Set("Content-Type", contentType)
	if c.export.Gzip {
		request.Header.Set("Content-Encoding", "gzip")
	}
	response, err := c.client.Do(request)
	if temporary := (*url.Error)(nil); errors.As(err, &temporary) && temporary.Temporary() {
		return err
	}
	if err != nil {
		return backoff.Permanent(err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes))
	if err != nil {
		return backoff.Permanent(err)
	}
	switch response.StatusCode {
	case http.StatusOK, http.StatusAccepted, http.StatusNoContent:
		if response.Header.Get("Content-Type") != contentType {
			return nil
		}
		return backoff.Permanent(rejected(answer))
	case http.StatusTooManyRequests, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		err := fmt.Errorf("the collector answered %s", response.Status)
		if wait := retryAfter(response.Header.Get("Retry-After")); wait > 0 {
			return errors.Join(err, &backoff.RetryAfterError{Duration: wait})
		}
		return err
	default:
		return backoff.Permanent(fmt.Errorf("the collector answered %s: %q", response.Status, strings.TrimSpace(string(answer))))
	}
}

func compressed(body []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func retryAfter(text string) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil {
		return time.Until(date)
	}
	return 0
}

// rejected tells what the collector did not take of a request that it took: an
// ExportTraceServiceResponse has it in partial_success.
func rejected(answer []byte) error {
	partial, _ := protowire.ConsumeBytes(field(answer, 1))
	spans, _ := protowire.ConsumeVarint(field(partial, 1))
	message, _ := protowire.ConsumeString(field(partial, 2))
	if spans == 0 && message == "" {
		return nil
	}
	return fmt.Errorf("the collector rejected %d spans: %q", spans, message)
}

// field is the value of the last field with the number, or nil.
func field(message []byte, wanted protowire.Number) (value []byte) {
	for len(message) > 0 {
		number, kind, tag := protowire.ConsumeTag(message)
		if tag < 0 {
			return nil
		}
		length := protowire.ConsumeFieldValue(number, kind, message[tag:])
		if length < 0 {
			return nil
		}
		if number == wanted {
			value = message[tag : tag+length]
		}
		message = message[tag+length:]
	}
	return value
}
