// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what a village's people can do with letters, and who may. */
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_archive.h"
#include "tenants/village/letters/letters_archive_view.h"
#include "tenants/village/letters/letters_authority_view.h"
#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_class.h"
#include "tenants/village/letters/letters_class_view.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_editor_view.h"
#include "tenants/village/letters/letters_make_view.h"
#include "tenants/village/letters/letters_months_view.h"
#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_number_view.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pictures_view.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_pile_view.h"
#include "tenants/village/letters/letters_questions_view.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/letters_type_compare.h"
#include "tenants/village/letters/letters_type_compare_view.h"
#include "tenants/village/letters/letters_type_file.h"
#include "tenants/village/letters/letters_type_import.h"
#include "tenants/village/letters/letters_type_import_view.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/letters/letters_verify_view.h"

enum { RENDER_DEADLINE_MS = 20000, IMPORT_DEADLINE_MS = 60000, IMPORT_BODY = LETTER_FILE_BYTES + 64 * 1024, PILE_BODY = 1024 * 1024 };

#define PILE "/kantor/surat-massal/{id}"

const struct route letters_routes[] = {
    ROUTE(GET, "/kantor/surat", MAY_READ_LETTERS, letter_archive_see_input, letter_list_page),
    ROUTE(POST, "/kantor/surat", MAY_READ_LETTERS, letter_archive_see_input, letter_list_page),
    LIST_FILE_ROUTE("/kantor/surat", MAY_READ_LETTERS, &archive_list),
    ACT_NOTING("/kantor/surat/agenda", MAY_READ_LETTERS, letter_agenda_input, letter_agenda_check, letter_agenda_act, NULL),
    ROUTE(GET, "/kantor/surat/agenda", MAY_READ_LETTERS, letter_agenda_file_input, letter_agenda_file),
    ROUTE(GET, "/kantor/surat/rekap", MAY_READ_LETTERS, letter_months_see_input, letter_months_page),
    ROUTE(GET, "/kantor/surat/buat", MAY_WRITE_LETTERS, letter_offer_input, letter_types_page),
    ROUTE(GET, "/kantor/penduduk/{id}/surat", MAY_WRITE_LETTERS, letter_offer_input, letter_types_for_page),
    ROUTE(GET, "/kantor/surat/buat/{jenis}", MAY_WRITE_LETTERS, letter_subject_input, letter_subject_page),
    ROUTE(POST, "/kantor/surat/buat/{jenis}/cari", MAY_WRITE_LETTERS, letter_subject_input, letter_subject_find),
    ACT("/kantor/surat/buat/{jenis}", MAY_WRITE_LETTERS, letter_begin_input, letter_begin_act, NULL),
    ROUTE(GET, "/kantor/surat/{id}", MAY_READ_LETTERS, letter_see_input, letter_page),
    ROUTE_LARGE(GET, "/kantor/surat/{id}/baca", MAY_READ_LETTERS, letter_see_input, letter_read_page, RENDER_DEADLINE_MS, 0),
    ACT("/kantor/surat/{id}/ganti", MAY_WRITE_LETTERS, letter_one_input, letter_replace_act, NULL),
    ROUTE(GET, "/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, letter_fields_input, letter_fill_page),
    ACT_CHECKED("/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, letter_fields_input, letter_fill_check, letter_fill_act, letter_fill_page),
    ROUTE_LARGE(POST, "/kantor/surat/{id}/isi/kertas", MAY_WRITE_LETTERS, letter_fields_input, letter_fill_preview, RENDER_DEADLINE_MS, 0),
    ROUTE(GET, "/kantor/surat/{id}/periksa", MAY_WRITE_LETTERS, letter_one_input, letter_review_page),
    ROUTE_LARGE(GET, "/kantor/surat/{id}/pratinjau/{halaman}", MAY_READ_LETTERS, letter_leaf_input, letter_preview, RENDER_DEADLINE_MS, 0),
    ROUTE_LARGE(GET, "/kantor/surat/{id}/siap", MAY_READ_LETTERS, letter_one_input, letter_ready_part, RENDER_DEADLINE_MS, 0),
    ROUTE(GET, "/kantor/surat/{id}/naskah", MAY_WRITE_LETTERS, letter_editor_input, letter_correct_page),
    ACT_LARGE("/kantor/surat/{id}/naskah/simpan", MAY_WRITE_LETTERS, letter_editor_input, letter_correct_check, letter_correct_act,
              letter_correct_page, EDITOR_DEADLINE_MS, EDITOR_BODY_MOST),
    ACT("/kantor/surat/{id}/naskah/buang", MAY_WRITE_LETTERS, letter_draft_input, letter_uncorrect_act, NULL),
    ROUTE_LARGE(POST, "/kantor/surat/{id}/naskah/pratinjau", MAY_WRITE_LETTERS, letter_editor_input, letter_correct_preview,
                EDITOR_DEADLINE_MS, EDITOR_BODY_MOST),
    ROUTE(GET, "/kantor/surat/{id}/naskah/isian", MAY_WRITE_LETTERS, letter_one_input, letter_correct_fields),
    ROUTE(GET, "/kantor/surat/{id}/naskah/keadaan", MAY_WRITE_LETTERS, letter_one_input, letter_correct_state),
    ACT("/kantor/surat/{id}/kirim", MAY_WRITE_LETTERS, letter_send_input, letter_send_act, letter_review_page),
    ACT("/kantor/surat/{id}/batal", MAY_WRITE_LETTERS, letter_one_input, letter_cancel_act, NULL),
    ACT("/kantor/surat/{id}/tarik", MAY_WRITE_LETTERS, letter_take_back_input, letter_take_back_act, letter_page),
    ROUTE(GET, "/kantor/surat/{id}/surat.pdf", MAY_READ_LETTERS, letter_one_input, letter_pdf),
    ROUTE(GET, "/kantor/surat/{id}/asli.pdf", MAY_READ_LETTERS, letter_one_input, letter_original_pdf),
    ACT("/kantor/surat/{id}/cetak", MAY_WRITE_LETTERS, letter_one_input, letter_print_act, NULL),
    ACT("/kantor/surat/{id}/teruskan", MAY_CHECK_LETTERS, letter_seen_input, letter_check_act, letter_approval_page),
    ACT_CHECKED("/kantor/surat/{id}/setujui", MAY_APPROVE_LETTERS, letter_seen_input, letter_approve_check, letter_approve_act,
                letter_approval_page),
    ACT("/kantor/surat/{id}/dibaca", MAY_APPROVE_LETTERS, letter_seen_input, letter_read_act, letter_approval_page),
    ACT_CHECKED("/kantor/persetujuan", MAY_APPROVE_LETTERS, letter_together_input, letter_approve_read_check, letter_approve_read_act,
                letter_approvals_page),
    ACT("/kantor/surat/{id}/kembalikan", MAY_RETURN_LETTERS, letter_return_input, letter_return_act, letter_approval_page),
    ACT("/kantor/surat/{id}/cabut", MAY_RETURN_LETTERS, letter_void_input, letter_void_act, letter_page),
    ROUTE(GET, "/kantor/surat-massal", MAY_READ_LETTERS, NULL, letter_piles_page),
    ROUTE(GET, "/kantor/surat/{id}/massal", MAY_WRITE_PILES, pile_choose_input, letter_pile_choose_page),
    ACT_LARGE("/kantor/surat/{id}/massal", MAY_WRITE_PILES, pile_choose_input, letter_pile_choose_check, letter_pile_choose_act,
              letter_pile_choose_page, RENDER_DEADLINE_MS, PILE_BODY),
    ROUTE(GET, PILE, MAY_READ_LETTERS, pile_see_input, letter_pile_page),
    ROUTE_LARGE(GET, PILE "/contoh", MAY_READ_LETTERS, pile_read_input, letter_pile_sample_page, RENDER_DEADLINE_MS, 0),
    ROUTE_LARGE(GET, PILE "/contoh/{baris}/{halaman}", MAY_READ_LETTERS, pile_leaf_input, letter_pile_sheet, RENDER_DEADLINE_MS, 0),
    ROUTE_LARGE(GET, PILE "/berkas/{berkas}", MAY_READ_LETTERS, pile_take_input, letter_pile_file, RENDER_DEADLINE_MS, 0),
    ACT_LARGE(PILE "/kirim", MAY_WRITE_PILES, pile_send_input, NULL, letter_pile_send_act, letter_pile_page, RENDER_DEADLINE_MS, PILE_BODY),
    ROUTE(POST, PILE "/cari", MAY_READ_LETTERS, pile_find_input, letter_pile_find),
    ACT_LARGE(PILE "/periksa", MAY_WRITE_PILES, pile_send_input, letter_pile_again_check, letter_pile_again_act, letter_pile_page,
              RENDER_DEADLINE_MS, PILE_BODY),
    ACT_LARGE(PILE "/perbaiki", MAY_WRITE_PILES, pile_mend_input, letter_pile_mend_check, letter_pile_mend_act, letter_pile_page,
              RENDER_DEADLINE_MS, PILE_BODY),
    ACT(PILE "/warga", MAY_WRITE_PILES, pile_turn_input, letter_pile_leave_out_act, letter_pile_page),
    ACT(PILE "/teruskan", MAY_CHECK_LETTERS, pile_seen_input, letter_pile_check_act, letter_pile_sample_page),
    ACT(PILE "/setujui", MAY_APPROVE_LETTERS, pile_seen_input, letter_pile_approve_act, letter_pile_sample_page),
    ACT(PILE "/kembalikan", MAY_RETURN_LETTERS, letter_return_input, letter_pile_return_act, letter_pile_page),
    ACT(PILE "/henti", MAY_WRITE_PILES, pile_one_input, letter_pile_stop_act, letter_pile_page),
    ACT(PILE "/tahan", MAY_APPROVE_LETTERS, pile_one_input, letter_pile_halt_act, letter_pile_page),
    ACT(PILE "/lanjut", MAY_WRITE_PILES, pile_one_input, letter_pile_go_on_act, letter_pile_page),
    ACT(PILE "/batal", MAY_WRITE_PILES, pile_one_input, letter_pile_cancel_act, letter_pile_page),
    ACT(PILE "/susun", MAY_WRITE_PILES, pile_one_input, letter_pile_bind_act, letter_pile_page),
    ROUTE(GET, "/kantor/persetujuan", MAY_READ_LETTERS, letter_together_input, letter_approvals_page),
    ROUTE(GET, "/kantor/persetujuan/{id}", MAY_READ_LETTERS, letter_one_input, letter_approval_page),
    ROUTE(GET, NUMBERS_HOME, MAY_READ_LETTERS, numbers_see_input, letter_numbers_page),
    ROUTE(GET, NUMBERS_HOME "/mulai", MAY_MAKE_LETTER_TYPES, number_begin_input, letter_number_begin_page),
    ACT(NUMBERS_HOME "/mulai", MAY_MAKE_LETTER_TYPES, number_begin_input, letter_number_begin_act, letter_number_begin_page),
    ROUTE(GET, CLASS_HOME, MAY_READ_LETTERS, letter_class_see_input, letter_class_page),
    ROUTE(GET, CLASS_HOME "/pilihan", MAY_READ_LETTERS, NULL, letter_class_choices),
    ROUTE(GET, CLASS_HOME "/tambah", MAY_MAKE_LETTER_TYPES, letter_class_add_input, letter_class_add_page),
    ACT(CLASS_HOME "/tambah", MAY_MAKE_LETTER_TYPES, letter_class_add_input, letter_class_add_act, letter_class_add_page),
    ACT(CLASS_HOME "/{id}", MAY_MAKE_LETTER_TYPES, letter_class_use_input, letter_class_use_act, NULL),
    LIST_ROUTES(LETTER_TYPES_HOME, MAY_MAKE_LETTER_TYPES, letter_type_list_page, &letter_type_admin),
    ROUTE(GET, LETTER_TYPES_HOME "/impor", MAY_MAKE_LETTER_TYPES, letter_type_import_input, letter_type_import_page),
    ACT_LARGE(LETTER_TYPES_HOME "/impor", MAY_MAKE_LETTER_TYPES, letter_type_import_input, letter_type_import_check, letter_type_import_act,
              letter_type_import_page, IMPORT_DEADLINE_MS, IMPORT_BODY),
    ROUTE(GET, LETTER_TYPES_HOME "/impor/{id}", MAY_MAKE_LETTER_TYPES, letter_type_take_input, letter_type_plan_page),
    ACT_CHECKED(LETTER_TYPES_HOME "/impor/{id}", MAY_MAKE_LETTER_TYPES, letter_type_take_input, letter_type_plan_check,
                letter_type_plan_act, letter_type_plan_page),
    ROUTE(GET, LETTER_TYPES_HOME "/gambar", MAY_MAKE_LETTER_TYPES, NULL, letter_pictures_page),
    ROUTE(GET, LETTER_TYPES_HOME "/gambar/keadaan", MAY_MAKE_LETTER_TYPES, NULL, letter_pictures_part),
    ACT_KEEPING(LETTER_TYPES_HOME "/gambar", MAY_MAKE_LETTER_TYPES, letter_picture_add_input, letter_picture_check, letter_picture_act,
                letter_pictures_page, &letter_picture_keeper),
    ROUTE(GET, LETTER_TYPES_HOME "/gambar/{apa}", MAY_MAKE_LETTER_TYPES, letter_picture_see_input, letter_picture_image),
    ACT(LETTER_TYPES_HOME "/gambar/{apa}/lepas", MAY_MAKE_LETTER_TYPES, letter_picture_see_input, letter_picture_out_act, NULL),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_type_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/ubah", MAY_MAKE_LETTER_TYPES, letter_type_edit_input, letter_type_edit_page),
    ACT(LETTER_TYPES_HOME "/{id}/ubah", MAY_MAKE_LETTER_TYPES, letter_type_edit_input, letter_type_edit_act, letter_type_edit_page),
    ACT(LETTER_TYPES_HOME "/{id}/putuskan", MAY_APPROVE_LETTERS, letter_type_decide_input, letter_type_decide_act, letter_approvals_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/contoh-nomor", MAY_MAKE_LETTER_TYPES, letter_type_sample_input, letter_type_sample_part),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/ekspor", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_type_export_file),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/versi", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_type_versions_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/versi/{dari}/banding/{ke}", MAY_MAKE_LETTER_TYPES, letter_type_pair_input,
          letter_type_compare_page),
    ACT(LETTER_TYPES_HOME "/{id}/versi", MAY_MAKE_LETTER_TYPES, letter_type_back_input, letter_type_back_act, NULL),
    ACT(LETTER_TYPES_HOME "/{id}/salin", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_type_copy_act, NULL),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi", MAY_MAKE_LETTER_TYPES, letter_editor_input, letter_editor_page),
    ACT_LARGE(LETTER_TYPES_HOME "/{id}/isi/simpan", MAY_MAKE_LETTER_TYPES, letter_editor_input, letter_editor_check, letter_editor_save_act,
              letter_editor_page, EDITOR_DEADLINE_MS, EDITOR_BODY_MOST),
    ACT_LARGE(LETTER_TYPES_HOME "/{id}/isi/pakai", MAY_MAKE_LETTER_TYPES, letter_editor_input, letter_editor_check, letter_editor_use_act,
              letter_editor_page, EDITOR_DEADLINE_MS, EDITOR_BODY_MOST),
    ACT(LETTER_TYPES_HOME "/{id}/isi/buang", MAY_MAKE_LETTER_TYPES, letter_draft_input, letter_editor_drop_act, NULL),
    ROUTE_LARGE(POST, LETTER_TYPES_HOME "/{id}/isi/pratinjau", MAY_MAKE_LETTER_TYPES, letter_editor_input, letter_editor_preview,
                EDITOR_DEADLINE_MS, EDITOR_BODY_MOST),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/isian", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_editor_fields),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/keadaan", MAY_MAKE_LETTER_TYPES, letter_type_id_input, letter_editor_state),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/pertanyaan", MAY_MAKE_LETTER_TYPES, letter_question_list_input, letter_questions_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/untuk", MAY_MAKE_LETTER_TYPES, letter_for_input, letter_for_page),
    ACT(LETTER_TYPES_HOME "/{id}/isi/untuk", MAY_MAKE_LETTER_TYPES, letter_for_input, letter_for_act, letter_for_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/pertanyaan-baru", MAY_MAKE_LETTER_TYPES, letter_question_input, letter_question_page),
    ACT(LETTER_TYPES_HOME "/{id}/isi/pertanyaan-baru", MAY_MAKE_LETTER_TYPES, letter_question_input, letter_question_act,
        letter_question_page),
    ROUTE(GET, LETTER_TYPES_HOME "/{id}/isi/pertanyaan/{isian}", MAY_MAKE_LETTER_TYPES, letter_question_input, letter_question_page),
    ACT(LETTER_TYPES_HOME "/{id}/isi/pertanyaan/{isian}", MAY_MAKE_LETTER_TYPES, letter_question_input, letter_question_act,
        letter_question_page),
    ACT(LETTER_TYPES_HOME "/{id}/isi/pertanyaan-pindah", MAY_MAKE_LETTER_TYPES, letter_question_one_input, letter_question_move_act,
        letter_questions_page),
    ACT(LETTER_TYPES_HOME "/{id}/isi/pertanyaan-hapus", MAY_MAKE_LETTER_TYPES, letter_question_one_input, letter_question_drop_act,
        letter_questions_page),
    HISTORY_ROUTE(LETTER_TYPES_HOME, MAY_MAKE_LETTER_TYPES, &letter_type_keeper),
    ROUTE(GET, CHECK_HOME, MAY_VISIT, NULL, letter_check_elsewhere),
    ROUTE(GET, AUTHORITY_HOME, MAY_VISIT, NULL, letter_check_elsewhere),
    ROUTES_END};

const struct route letters_platform_routes[] = {
    ROUTE(GET, "/v/{tanda}", MAY_VISIT, letter_token_input, letter_verify_page),
    ROUTE(GET, CHECK_HOME, MAY_VISIT, letter_check_input, letter_check_page),
    ROUTE_LARGE(POST, CHECK_HOME, MAY_VISIT, letter_check_input, letter_check_page, CHECK_DEADLINE_MS, CHECK_BODY_MOST),
    ROUTE(GET, AUTHORITY_HOME, MAY_VISIT, NULL, letter_authority_page),
    ROUTE(GET, AUTHORITY_HOME "/{sidik}/{bentuk}", MAY_VISIT, letter_authority_input, letter_authority_file),
    ROUTES_END};
