"""The living office: a made-up kecamatan whose people have worked with the system for a year and more."""
