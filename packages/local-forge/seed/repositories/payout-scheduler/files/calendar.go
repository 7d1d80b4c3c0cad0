package main

import "time"

// IsTargetDay says whether euro transfers settle on a day: not on weekends and not on the six closing days of TARGET.
func IsTargetDay(day time.Time) bool {
	if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return false
	}
	switch _, month, date := day.Date(); {
	case month == time.January && date == 1,
		month == time.May && date == 1,
		month == time.December && (date == 25 || date == 26):
		return false
	}
	easter := easterSunday(day.Year())
	year, month, date := day.Date()
	plain := time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
	return !plain.Equal(easter.AddDate(0, 0, -2)) && !plain.Equal(easter.AddDate(0, 0, 1))
}

// easterSunday follows the anonymous Gregorian algorithm.
func easterSunday(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// NextTargetDay is the first settlement day not before a day.
func NextTargetDay(day time.Time) time.Time {
	for !IsTargetDay(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}
