# pango_fc_font_map_set_config lives in pangoft2, which pangocairo uses but does not export.
pkg_check_modules(PANGOFT2 REQUIRED IMPORTED_TARGET pangoft2)
list(APPEND LIBS_server_paper PkgConfig::PANGOFT2)

# The letters' fonts without hints: a PDF embeds less and is made faster. Debian's own stand in where the build folder is gone.
set(hinted_fonts /usr/share/fonts/truetype/liberation2)
file(GLOB letter_fonts CONFIGURE_DEPENDS ${hinted_fonts}/Liberation*.ttf)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/fonts/.made
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/${room}/dehint.py ${CMAKE_BINARY_DIR}/fonts ${letter_fonts}
  COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/fonts/.made
  DEPENDS ${CMAKE_SOURCE_DIR}/${room}/dehint.py ${letter_fonts} COMMENT "the letters' fonts without hints" VERBATIM)
list(APPEND sources ${CMAKE_BINARY_DIR}/fonts/.made)
set_source_files_properties(${CMAKE_SOURCE_DIR}/${room}/press.c PROPERTIES COMPILE_DEFINITIONS PAPER_FONTS="${CMAKE_BINARY_DIR}/fonts")
