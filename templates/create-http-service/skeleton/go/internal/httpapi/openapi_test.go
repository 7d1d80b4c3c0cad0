package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

const (
	document = "../../openapi.yaml"
	// openAPISchema is what the OpenAPI Initiative publishes of version 3.1.
	openAPISchema = "testdata/openapi-3.1.schema.json"
	documentURL   = "openapi:document"
)

// description is the part of an OpenAPI document that the tests ask for; the
// schemas in it are compiled by their JSON pointers.
type description struct {
	Paths      map[string]map[string]operation
	Components struct{ Responses map[string]answer }

	schemas *jsonschema.Compiler
}

type operation struct{ Responses map[string]answer }

type answer struct {
	Ref     string `yaml:"$ref"`
	Headers map[string]struct{ Required bool }
	Content map[string]any
}

// load reads the document and checks that it is OpenAPI 3.1.
func load(t *testing.T) *description {
	t.Helper()
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := parseYAML(text)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := jsonschema.NewCompiler().Compile(openAPISchema)
	if err != nil {
		t.Fatal(err)
	}
	if err := rules.Validate(whole); err != nil {
		t.Fatal(err)
	}
	d := &description{schemas: jsonschema.NewCompiler()}
	if err := yaml.Unmarshal(text, d); err != nil {
		t.Fatal(err)
	}
	d.schemas.AssertFormat()
	if err := d.schemas.AddResource(documentURL, whole); err != nil {
		t.Fatal(err)
	}
	if err := d.compile("", "", whole); err != nil {
		t.Fatal(err)
	}
	return d
}

// compile checks every schema in a part of the document.
func (d *description) compile(place, name string, value any) error {
	if name == "schema" || strings.HasPrefix(place, "/components/schemas/") {
		_, err := d.schemas.Compile(documentURL + "#" + place)
		return err
	}
	var errs []error
	switch value := value.(type) {
	case map[string]any:
		for name, below := range value {
			errs = append(errs, d.compile(place+pointer(name), name, below))
		}
	case []any:
		for i, below := range value {
			errs = append(errs, d.compile(place+pointer(strconv.Itoa(i)), "", below))
		}
	}
	return errors.Join(errs...)
}

// answers are all that are documented, as method, path and status.
func (d *description) answers() map[string]bool {
	all := map[string]bool{}
	for path, operations := range d.Paths {
		for method, operation := range operations {
			for status := range operation.Responses {
				all[strings.ToUpper(method)+" "+path+" "+status] = true
			}
		}
	}
	return all
}

// check compares an answer with what is documented of the route and status.
func (d *description) check(route string, response *http.Response, body string) error {
	method, path, _ := strings.Cut(route, " ")
	method, status := strings.ToLower(method), strconv.Itoa(response.StatusCode)
	documented, ok := d.Paths[path][method].Responses[status]
	if !ok {
		return fmt.Errorf("%s %s is not documented", route, status)
	}
	place := pointer("paths", path, method, "responses", status)
	if name, ok := strings.CutPrefix(documented.Ref, "#/components/responses/"); ok {
		documented, place = d.Components.Responses[name], pointer("components", "responses", name)
	}
	for name, header := range documented.Headers {
		values := response.Header.Values(name)
		if len(values) == 0 && header.Required {
			return fmt.Errorf("the header %s is missing", name)
		}
		for _, value := range values {
			if err := d.validate(place+pointer("headers", name, "schema"), scalar(value)); err != nil {
				return fmt.Errorf("the header %s: %w", name, err)
			}
		}
	}
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type: %w", err)
	}
	if _, ok := documented.Content[kind]; !ok {
		return fmt.Errorf("the content type %s is not documented", kind)
	}
	value, err := decode(kind, body)
	if err != nil {
		return fmt.Errorf("the body is not %s: %w", kind, err)
	}
	return d.validate(place+pointer("content", kind, "schema"), value)
}

func (d *description) validate(place string, value any) error {
	schema, err := d.schemas.Compile(documentURL + "#" + place)
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// pointer is a JSON pointer as it is written in the fragment of a URL.
func pointer(parts ...string) string {
	var out strings.Builder
	for _, part := range parts {
		out.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(part))
	}
	return out.String()
}

func decode(kind, body string) (any, error) {
	switch {
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		return jsonschema.UnmarshalJSON(strings.NewReader(body))
	case kind == "application/yaml":
		return parseYAML([]byte(body))
	default:
		return body, nil
	}
}

// scalar is the value of a header: a number, when it can be read as one.
func scalar(text string) any {
	if number := json.Number(text); json.Valid([]byte(text)) {
		if _, err := number.Float64(); err == nil {
			return number
		}
	}
	return text
}

// parseYAML reads YAML as JSON would be read, with strings as keys.
func parseYAML(text []byte) (any, error) {
	var value any
	if err := yaml.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
}
