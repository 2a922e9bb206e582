// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of a person's photo and papers. Private. */
#ifndef BALAI_PAPERS_PAGES_H
#define BALAI_PAPERS_PAGES_H

#include "server/register/kept.h"
#include "server/web/forms.h"
#include "tenants/village/residents/residents_pages.h"

extern const struct keeper photo_keeper, document_keeper;
handler_fn papers_page, photo_part, photo_image, document_file;
act_check_fn photo_check, document_check, document_out_check;
act_fn photo_act, document_act, document_out_act;

struct photo_view {
    struct str photo_href, part_href; /* part_href: asked again until it is done */
    struct str refusal;
};
struct papers_form_view {
    struct str action;
    struct form form;
};
struct papers_view {
    struct faults faults;
    struct person_head head;
    bool may_edit, is_full;
    struct photo_view photo;
    struct papers_form_view photo_form, document_form;
    struct attachments_view documents;
};

#endif
