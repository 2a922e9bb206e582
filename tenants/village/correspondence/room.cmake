# The paper of the sheet of a disposition.
embed(${room} mail_sheet_json sheet.json)
