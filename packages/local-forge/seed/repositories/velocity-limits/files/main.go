// Command velocity-limits reads payments as JSON lines and marks those that come too fast.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"time"
)

func main() {
	counter := NewCounter(
		Limit{Name: "5 per 10 minutes", Window: 10 * time.Minute, Count: 5},
		Limit{Name: "2,000 EUR per day", Window: 24 * time.Hour, Amount: 200_000},
	)
	out := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var payment struct {
			ID, Card string
			Amount   int64
			At       time.Time
		}
		if err := json.Unmarshal(lines.Bytes(), &payment); err != nil {
			log.Printf("skipped: %v", err)
			continue
		}
		broken, ok := counter.Take(payment.Card, payment.Amount, payment.At)
		_ = out.Encode(map[string]any{"id": payment.ID, "ok": ok, "broken": broken})
	}
}
