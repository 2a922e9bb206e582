// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Which passwords are refused. Lists of leaked passwords are mostly a few
 * recipes: a common word with digits or signs at its ends, a run of the
 * keyboard or the alphabet, one short piece repeated. We refuse the recipes, so
 * a short list of words does the work of a long list of passwords.
 */
#include "server/base/text.h"
#include "server/web/password.h"

enum { LEAST = 10, MOST = 128, MOST_BYTES = 512 };

/* Stems of the commonest passwords, in Indonesia and elsewhere; spaces never count. */
static const char *const stems[] = {
    "password",
    "passwort",
    "passw",
    "pass",
    "katasandi",
    "sandi",
    "rahasia",
    "admin",
    "administrator",
    "operator",
    "user",
    "username",
    "login",
    "masuk",
    "welcome",
    "selamatdatang",
    "selamat",
    "letmein",
    "iloveyou",
    "ilove",
    "love",
    "sayang",
    "sayangku",
    "akusayangkamu",
    "cinta",
    "cintaku",
    "bismillah",
    "bismillahirrahmanirrahim",
    "alhamdulillah",
    "assalamualaikum",
    "allahuakbar",
    "subhanallah",
    "indonesia",
    "indonesiaraya",
    "merdeka",
    "pancasila",
    "garuda",
    "jakarta",
    "makassar",
    "sulawesi",
    "sulawesiselatan",
    "luwu",
    "palopo",
    "belopa",
    "kabupaten",
    "kecamatan",
    "kelurahan",
    "desa",
    "desaku",
    "kantordesa",
    "kantor",
    "kepaladesa",
    "sekretaris",
    "sekdes",
    "sekretarisdesa",
    "perangkatdesa",
    "balai",
    "balaidesa",
    "opensid",
    "sid",
    "siskeudes",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyasdfgh",
    "qazwsxedc",
    "abc",
    "abcd",
    "abcdef",
    "computer",
    "komputer",
    "internet",
    "laptop",
    "samsung",
    "android",
    "facebook",
    "whatsapp",
    "instagram",
    "google",
    "gmail",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sepakbola",
    "superman",
    "batman",
    "princess",
    "sunshine",
    "master",
    "shadow",
    "michael",
    "jordan",
    "charlie",
    "secret",
    "default",
    "guest",
    "tamu",
    "test",
    "testing",
    "coba",
    "cobacoba",
    "changeme",
    "ganti",
    "gantisandi",
    "trustno",
    "whatever",
    "starwars",
    "pokemon",
    "naruto",
    "persib",
    "persija",
    "psm",
    "arema",
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "sabtu",
    "minggu",
    "terimakasih",
    "sukses",
    "semangat",
    "keluarga",
    "keluargaku",
    "anakku",
    "ibuku",
    "bapakku",
    "muhammad",
    "nurul",
    "server",
    "root",
    "system",
    "sistem",
    "hello",
    "halo",
    "apakabar",
};

static const char *const runs[] = {
    "0123456789012345678901234567890",
    "9876543210987654321098765432109",
    "abcdefghijklmnopqrstuvwxyzabcdefghij",
    "zyxwvutsrqponmlkjihgfedcbazyxwvutsrq",
    "qwertyuiopasdfghjklzxcvbnm",
    "poiuytrewqlkjhgfdsamnbvcxz",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9j0",
    "147258369147258369",
    "159357159357159357",
};

/* Signs people put for letters are put back, case and everything but letters and digits dropped. */
static struct str plain_of(struct arena *arena, struct str s, bool undo_signs)
{
    struct buf out = {.arena = arena};
    struct str lower = text_lower(arena, s);
    static const char from[] = "013457@$!", to[] = "oleastasi";

    for (size_t i = 0; i < lower.n; i++) {
        char c = lower.p[i];
        const char *at = c != '\0' ? strchr(from, c) : NULL;
        if (undo_signs && at != NULL)
            c = to[at - from];
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (is_kept)
            buf_put_char(&out, c);
    }
    return buf_str(&out);
}

static struct str without_end_digits(struct str s)
{
    while (s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9')
        s = str_from(s, 1);
    while (s.n > 0 && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
        s.n--;
    return s;
}

static bool is_repeated(struct str s)
{
    for (size_t piece = 1; piece <= s.n / 2; piece++) {
        size_t i = piece;
        while (i < s.n && s.p[i] == s.p[i - piece])
            i++;
        if (i == s.n)
            return true;
    }
    return false;
}

static bool is_run(struct str s)
{
    for (size_t i = 0; i < COUNT_OF(runs); i++)
        if (str_find(str_c(runs[i]), s) >= 0)
            return true;
    return false;
}

/* Nothing but at most `most` of the words, one after another. */
static bool is_made_of(struct str s, const char *const *words, size_t n, int most)
{
    if (s.n == 0)
        return true;
    if (most == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct str word = str_c(words[i]);
        if (word.n > 0 && str_starts(s, word) && is_made_of(str_from(s, word.n), words, n, most - 1))
            return true;
    }
    return false;
}

static bool is_common(struct arena *arena, struct str password)
{
    for (int undo = 0; undo < 2; undo++) {
        struct str plain = plain_of(arena, password, undo == 1);
        struct str core = undo == 1 ? plain : without_end_digits(plain);
        if (plain.n < 4 || is_repeated(plain) || is_run(plain) || core.n < 3 || is_run(core))
            return true;
        if (is_made_of(core, stems, COUNT_OF(stems), 3))
            return true;
    }
    /* p@ssw0rd123: the digits at its ends stand for no letters */
    return is_made_of(plain_of(arena, without_end_digits(password), true), stems, COUNT_OF(stems), 3);
}

/* The password is the name with little around it. */
static bool leans_on(struct arena *arena, struct str password, struct str name)
{
    struct str plain = plain_of(arena, password, false), word = plain_of(arena, name, false);

    if (word.n < 4)
        return false;
    ptrdiff_t at = str_find(plain, word);
    if (at < 0)
        return false;
    struct str before = without_end_digits(str_part(plain, 0, (size_t)at));
    struct str after = without_end_digits(str_from(plain, (size_t)at + word.n));
    return before.n + after.n < 5 || (is_made_of(before, stems, COUNT_OF(stems), 2) && is_made_of(after, stems, COUNT_OF(stems), 2));
}

const char *password_fault(struct arena *arena, struct str password, struct str village, struct str username, struct str name)
{
    if (!utf8_is_valid(password) || password.n > MOST_BYTES || utf8_length(password) > MOST)
        return "Kata sandi terlalu panjang. Paling banyak 128 huruf.";
    if (utf8_length(password) < LEAST)
        return "Kata sandi terlalu pendek. Paling sedikit 10 huruf.";
    if (leans_on(arena, password, village) || leans_on(arena, password, username) || leans_on(arena, password, name))
        return "Kata sandi memuat nama desa atau nama Anda. Pilih kata lain.";
    if (is_common(arena, password))
        return "Kata sandi ini mudah ditebak. Coba gabungkan beberapa kata yang tidak berhubungan.";
    return NULL;
}
