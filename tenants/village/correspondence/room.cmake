# The paper of the sheet of a disposition, embedded as it is written.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${room}/sheet.json)
file(READ ${room}/sheet.json sheet_hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," sheet_bytes "${sheet_hex}")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen/${room})
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/${room}/sheet_json.c CONTENT "/* Made by room.cmake from sheet.json. */
#include \"server/base/base.h\"
extern const struct str mail_sheet_json;
static const unsigned char bytes[] = {${sheet_bytes}};
const struct str mail_sheet_json = {(const char *)bytes, sizeof(bytes)};
" @ONLY)
list(APPEND sources ${CMAKE_BINARY_DIR}/gen/${room}/sheet_json.c)
unset(sheet_hex)
unset(sheet_bytes)
