// Package binlookup tells the brand and kind of a card from its first digits.
package binlookup

import (
	"errors"
	"sort"
)

// Card is what the first digits of a number say.
type Card struct {
	Brand   string
	Lengths []int
}

type binRange struct {
	low, high int // six digits
	card      Card
}

var (
	visa       = Card{"visa", []int{13, 16, 19}}
	mastercard = Card{"mastercard", []int{16}}
	amex       = Card{"amex", []int{15}}
	maestro    = Card{"maestro", []int{12, 13, 14, 15, 16, 17, 18, 19}}
)

// ranges do not overlap and are in order: Lookup searches them by halves.
var ranges = []binRange{
	{222100, 272099, mastercard},
	{340000, 349999, amex},
	{370000, 379999, amex},
	{400000, 499999, visa},
	{500000, 509999, maestro},
	{510000, 559999, mastercard},
	{560000, 589999, maestro},
	{600000, 601099, maestro},
}

// ErrUnknown is returned for a number of no brand that we accept.
var ErrUnknown = errors.New("unknown BIN")

// ErrChecksum is returned for a number that fails the Luhn check.
var ErrChecksum = errors.New("checksum does not fit")

// Lookup finds the brand of a card number, and checks its length and checksum.
func Lookup(number string) (Card, error) {
	if len(number) < 12 || len(number) > 19 {
		return Card{}, ErrUnknown
	}
	bin := 0
	for _, digit := range number[:6] {
		if digit < '0' || digit > '9' {
			return Card{}, ErrUnknown
		}
		bin = bin*10 + int(digit-'0')
	}
	i := sort.Search(len(ranges), func(i int) bool { return ranges[i].high >= bin })
	if i == len(ranges) || ranges[i].low > bin {
		return Card{}, ErrUnknown
	}
	card := ranges[i].card
	for _, length := range card.Lengths {
		if length == len(number) {
			if !Luhn(number) {
				return card, ErrChecksum
			}
			return card, nil
		}
	}
	return card, ErrUnknown
}

// Luhn checks the last digit of a number against all others.
func Luhn(number string) bool {
	sum := 0
	for place := range len(number) {
		digit := int(number[len(number)-1-place] - '0')
		if digit < 0 || digit > 9 {
			return false
		}
		if place%2 == 1 {
			digit *= 2
			if digit > 9 {
				digit -= 9
			}
		}
		sum += digit
	}
	return len(number) > 0 && sum%10 == 0
}
