# Templates of OpenSID's letter types are HTML.
list(APPEND LIBS_tenants_village_letters PkgConfig::GUMBO)

# The built-in letter types and the frames of their papers, embedded as they are written.
set(types_c "/* Made by room.cmake from types/ and frames/. */\n#include \"tenants/village/letters/letters_types.h\"\n")
foreach(kind type frame)
  file(GLOB letter_files CONFIGURE_DEPENDS ${room}/${kind}s/*.json)
  set(type_rows)
  foreach(type IN LISTS letter_files)
    get_filename_component(type_slug ${type} NAME_WE)
    string(REPLACE "-" "_" type_id ${kind}_${type_slug})
    bytes_of(type_bytes ${type})
    string(APPEND types_c "static const char ${type_id}[] = {${type_bytes}0};\n")
    string(APPEND type_rows "    {STR_INIT(\"${type_slug}\"), {${type_id}, sizeof(${type_id}) - 1}},\n")
  endforeach()
  string(APPEND types_c "const struct letter_type_source letter_${kind}_sources[] = {\n${type_rows}    {{NULL, 0}, {NULL, 0}}};\n")
endforeach()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen/${room})
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/${room}/letters_types.c CONTENT "${types_c}" @ONLY)
list(APPEND sources ${CMAKE_BINARY_DIR}/gen/${room}/letters_types.c)
unset(type_rows)

# The neutral shield of a village that has no crest yet, as a JPEG: it goes into the PDF as it is.
embed(${room} letter_shield_jpeg types/shield.jpg)

# The classification of letters.
embed(${room} letter_class_tsv classification.tsv)
