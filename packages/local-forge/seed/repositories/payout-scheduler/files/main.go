// Command payout-scheduler reads balances as JSON and writes the payouts of the day.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"
)

func main() {
	bank, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		log.Fatal(err)
	}
	var balances []Balance
	if err := json.NewDecoder(os.Stdin).Decode(&balances); err != nil {
		log.Fatalf("balances: %v", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(Plan(balances, time.Now().In(bank), 2)); err != nil {
		log.Fatal(err)
	}
}
