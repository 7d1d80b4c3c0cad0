package httpapi

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"${{ values.goModule }}/internal/item"
)

const (
	defaultLimit = 20
	maxLimit     = 100
)

func (a *api) listItems(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	limit, err := parseLimit(query)
	if err != nil {
		return invalidParameter("limit", err)
	}
	cursor := query.Get("cursor")
	if query.Has("cursor") && cursor == "" {
		return invalidParameter("cursor", item.ErrCursor)
	}
	page, err := item.ListPage(r.Context(), a.items, cursor, limit)
	if errors.Is(err, item.ErrCursor) {
		return invalidParameter("cursor", err)
	}
	if err != nil {
		return err
	}
	a.sendJSON(w, r, http.StatusOK, page)
	return nil
}

func (a *api) createItem(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Name string `json:"name"`
	}
	if err := decodeJSON(w, r, &body); err != nil {
		return err
	}
	created, err := item.New(body.Name, time.Now())
	if errors.Is(err, item.ErrInvalidName) {
		return newProblem(http.StatusBadRequest, "The body of the request is not valid.",
			part{Pointer: "/name", Detail: err.Error()})
	}
	if err != nil {
		return err
	}
	if err := a.items.Add(r.Context(), created); err != nil {
		return err
	}
	w.Header().Set("Location", "/v1/items/"+created.ID.String())
	a.sendJSON(w, r, http.StatusCreated, created)
	return nil
}

func (a *api) getItem(w http.ResponseWriter, r *http.Request) error {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return item.ErrNotFound
	}
	found, err := a.items.Get(r.Context(), id)
	if err != nil {
		return err
	}
	a.sendJSON(w, r, http.StatusOK, found)
	return nil
}

func parseLimit(query url.Values) (int, error) {
	if !query.Has("limit") {
		return defaultLimit, nil
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 || limit > maxLimit {
		return 0, errors.New("must be a number from 1 to " + strconv.Itoa(maxLimit))
	}
	return limit, nil
}

func invalidParameter(name string, err error) error {
	return newProblem(http.StatusBadRequest, "The query of the request is not valid.",
		part{Parameter: name, Detail: err.Error()})
}
