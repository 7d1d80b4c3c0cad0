package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

const maxBodyBytes = 64 << 10

// decodeJSON reads a body that is exactly one JSON value without unknown
// fields; any error is a problem to answer with.
func decodeJSON(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return newProblem(http.StatusUnsupportedMediaType, "The body must be sent as application/json.")
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return bodyProblem(err)
	}
	if err := decoder.Decode(&json.RawMessage{}); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("more than one value")
		}
		return bodyProblem(err)
	}
	return nil
}

func bodyProblem(err error) *problem {
	var (
		tooLarge  *http.MaxBytesError
		wrongType *json.UnmarshalTypeError
	)
	const invalid = "The body of the request is not valid."
	switch {
	case errors.As(err, &tooLarge):
		return newProblem(http.StatusRequestEntityTooLarge, fmt.Sprintf("The body may have at most %d bytes.", tooLarge.Limit))
	case errors.As(err, &wrongType):
		pointer := ""
		if wrongType.Field != "" {
			pointer = "/" + strings.ReplaceAll(wrongType.Field, ".", "/")
		}
		return newProblem(http.StatusBadRequest, invalid, part{
			Detail:  "must not be of type " + wrongType.Value,
			Pointer: pointer,
		})
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return newProblem(http.StatusBadRequest, invalid, part{Detail: "the JSON ends too early"})
	default:
		return newProblem(http.StatusBadRequest, invalid, part{
			Detail: strings.TrimPrefix(err.Error(), "json: "),
		})
	}
}
