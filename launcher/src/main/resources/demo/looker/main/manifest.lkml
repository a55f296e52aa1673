project_name: "fernweh"

constant: schema {
  value: "analytics"
}
