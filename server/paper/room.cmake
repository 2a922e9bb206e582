# pango_fc_font_map_set_config lives in pangoft2, which pangocairo uses but does not export.
pkg_check_modules(PANGOFT2 REQUIRED IMPORTED_TARGET pangoft2)
list(APPEND LIBS_server_paper PkgConfig::PANGOFT2)
