// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of a person's photo and papers. Private. */
#ifndef BALAI_PAPERS_PAGES_H
#define BALAI_PAPERS_PAGES_H

#include "server/web/village.h"

handler_fn papers_page, photo_part, photo_image, photo_post, document_post, document_file, document_remove_post;

/* What a paper may be: word, label, beginning of the name it is downloaded under */
#define DOCUMENT_KINDS(X)                          \
    X("kk", "Kartu Keluarga", "kartu-keluarga")    \
    X("ktp", "e-KTP", "e-ktp")                     \
    X("birth", "Akta kelahiran", "akta-kelahiran") \
    X("marriage", "Akta nikah", "akta-nikah")      \
    X("other", "Lainnya", "dokumen")
#define DOCUMENT_CHOICES "kk|ktp|birth|marriage|other"

struct photo_view {
    struct str photo_href, part_href; /* part_href: asked again until it is done */
    struct str refusal;
};
struct document_line {
    uint64_t id;
    struct str href, label, note, about;
    struct str removed; /* who, when, why; empty: it is there */
    struct str remove_href, fault;
};
struct papers_view {
    struct form_guard guard;
    struct faults faults;
    struct str href, name;
    bool may_edit, is_full, is_saved;
    struct photo_view photo;
    struct file_view photo_file, document_file;
    struct select_view kind;
    struct field_view note;
    struct {
        struct document_line *p;
        size_t n;
    } documents;
};

#endif
