#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A month of work for the training villages, done as people do it: signed in, form by form.

demo.py HOME   the home of a running demo: what stands in its demo-access.json

Letters in every state, events of the last weeks, mail with its scans and history, and a queue at the counter. Nothing is written past the product: what the
pages refuse is no part of the demo. A village that has letters already is left as it is. What does not work out is said and left out.
"""

import datetime
import html.parser
import http.client
import json
import pathlib
import re
import sys
import urllib.parse

ZONE = datetime.timezone(datetime.timedelta(hours=8))
VOID = {'input'}


class Page(html.parser.HTMLParser):
    """The forms of a page: {'action', 'fields': [[name, value]], 'options': {name: [value]}}."""

    def __init__(self, answer, path):
        super().__init__()
        self.path, self.text, self.forms = path, answer, []
        self.select = self.area = None
        self.feed(answer)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == 'form':
            self.forms.append({'action': at.get('action') or self.path, 'fields': [], 'options': {}})
            return
        if not self.forms or ('name' not in at and tag != 'option'):
            return
        form, name, kind = self.forms[-1], at.get('name'), at.get('type', 'text')
        if tag == 'input' and kind in ('checkbox', 'radio'):
            form['options'].setdefault(name, []).append(at.get('value', 'on'))
            if 'checked' in at:
                form['fields'].append([name, at.get('value', 'on')])
        elif tag == 'input' and kind not in ('submit', 'file'):
            form['fields'].append([name, at.get('value', '')])
        elif tag == 'select':
            self.select = name
            form['options'][name] = []
        elif tag == 'option' and self.select:
            form['options'][self.select].append(at.get('value', ''))
            if 'selected' in at:
                form['fields'].append([self.select, at.get('value', '')])
        elif tag == 'textarea':
            self.area = [name, '']
            form['fields'].append(self.area)

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == 'textarea':
            self.area = None
        if tag == 'select' and self.select:
            form = self.forms[-1]
            if all(name != self.select for name, _ in form['fields']) and form['options'][self.select]:
                form['fields'].append([self.select, form['options'][self.select][0]])
            self.select = None

    def form(self, ending):
        for form in self.forms:
            if re.search(ending + '$', form['action']):
                return form
        raise Refused(f'{self.path}: no form {ending}')


class Refused(Exception):
    pass


BOUNDARY = 'bagian-formulir'


def parts(fields, files):
    """A form with files, as a browser sends it; files: (field, file name, PDF)."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name='
    out = [f'{head}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    out += [f'{head}"{name}"; filename="{file}"\r\nContent-Type: application/pdf\r\n\r\n'.encode() + pdf + b'\r\n' for name, file, pdf in files]
    return b''.join(out) + f'--{BOUNDARY}--\r\n'.encode()


def paper(lines):
    """A letter of one page, as an office scans it."""
    words = ' '.join(f'({line.translate(str.maketrans({"(": "[", ")": "]"}))}) Tj T*' for line in lines)
    text = f'BT /F 12 Tf 17 TL 70 770 Td {words} ET'
    objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
               '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>',
               '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>', f'<< /Length {len(text)} >>\nstream\n{text}\nendstream']
    out, at = '%PDF-1.4\n', []
    for number, content in enumerate(objects, 1):
        at.append(len(out))
        out += f'{number} 0 obj\n{content}\nendobj\n'
    table = ''.join(f'{offset:010} 00000 n \n' for offset in at)
    return f'{out}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n'.encode('latin-1')


class Person:
    def __init__(self, port, host):
        self.port, self.host, self.cookies = port, host, {}
        self.line = http.client.HTTPConnection('127.0.0.1', port, timeout=30)

    def ask(self, method, path, fields=None, files=()):
        body, kind = None, 'application/x-www-form-urlencoded'
        if files:
            body, kind = parts(fields, files), f'multipart/form-data; boundary={BOUNDARY}'
        elif fields is not None:
            body = urllib.parse.urlencode([tuple(f) for f in fields])
        headers = {'Host': self.host, 'Cookie': '; '.join(f'{k}={v}' for k, v in self.cookies.items())}
        if body is not None:
            headers |= {'Content-Type': kind, 'Origin': f'http://{self.host}', 'Sec-Fetch-Site': 'same-origin'}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors='replace')
        for line in answer.headers.get_all('set-cookie') or []:
            name, value = line.split(';')[0].split('=', 1)
            self.cookies[name] = value
        if answer.status in (302, 303):
            to = urllib.parse.urlsplit(answer.headers['location'])
            return self.ask('GET', to.path + (f'?{to.query}' if to.query else ''))
        if answer.status != 200:
            raise Refused(f'{method} {path}: {answer.status}')
        return Page(text, path)

    def get(self, path):
        return self.ask('GET', path)

    def send(self, page, ending, values, files=()):
        form = page.form(ending)
        fields = [field for field in form['fields'] if field[0] not in values]
        return self.ask('POST', form['action'], fields + list(values.items()), files)

    def sign_in(self, account):
        return self.send(self.get('/masuk'), '/masuk', {'nama': account['username'], 'sandi': account['password']})


def dated(name, day):
    return {f'{name}_hari': day.day, f'{name}_bulan': day.month, f'{name}_tahun': day.year}


def people(clerk, query):
    """Ids of those whom the list shows."""
    found = re.findall(r'href="/kantor/penduduk/(\d+)"', clerk.get(f'/kantor/penduduk?{query}').text)
    return list(dict.fromkeys(found))


# ---- letters ----

BUSINESSES = [('kios gula aren', 10), ('tani (sawah atau kebun)', 17), ('makanan dan kue', 7), ('bengkel atau tukang', 14)] # for how many years
PURPOSES = {'keterangan-usaha': 'pengajuan kredit usaha rakyat (KUR)', 'keterangan-domisili': 'pendaftaran sekolah anak',
            'keterangan-tidak-mampu': 'keringanan biaya sekolah', 'pengantar-skck': 'melamar pekerjaan', 'keterangan-penduduk': 'pembukaan rekening bank'}
# In no register: a teacher with a room here, whose card is of another city.
LODGER = {'isi_pemohon_nama': 'Nurul Hidayah', 'isi_pemohon_nik': '7371014501960003', 'isi_pemohon_tempat_lahir': 'Makassar', **dated('isi_pemohon_tanggal_lahir', datetime.date(1996, 1, 5)),
          'isi_pemohon_kelamin': '2', 'isi_pemohon_agama': '1', 'isi_pemohon_warga_negara': '1', 'isi_pemohon_kawin': '1', 'isi_pemohon_alamat': 'Jl. Sultan Alauddin 63, Kota Makassar',
          'isi_pemohon_tinggal': 'rumah kos di Jl. Poros, RT 001'}
# Of letters that ask more: what is typed; days are so many before today.
MORE = {
    'pengantar-kehilangan': {'isi_barang': 'STNK sepeda motor Honda Beat', 'isi_rincian': 'DP 4127 TK, warna hitam, atas nama pelapor', 'isi_hari': 2, 'isi_jam': '10.30',
                             'isi_tempat': 'antara pasar Larompong dan rumah'},
    'belum-menikah': {'isi_keperluan': 'melamar kerja'},
    'kepemilikan-tanah': {'isi_jenis': 'Kebun atau ladang', 'isi_jalan': 'Dekat embung desa', 'isi_luas': '7.250', 'isi_bukti': 'Tidak ada, dikuasai turun-temurun', 'isi_asal': 'Warisan',
                          'isi_utara': 'kebun Nurdin', 'isi_timur': 'jalan tani', 'isi_selatan': 'kebun Sudirman', 'isi_barat': 'sungai', 'isi_keperluan': 'agunan kredit bank'},
    'izin-keramaian': {'isi_acara': 'resepsi pernikahan', 'isi_hiburan': 'elekton', 'isi_mulai': -12, 'isi_pukul': '10.00', 'isi_sampai': '22.00', 'isi_tempat': 'halaman rumah',
                       'isi_tamu': '400'},
}
# Of the office itself: nobody asks for them.
OFFICE = {
    'undangan': {'isi_hal': 'Undangan musyawarah desa penyusunan RKP Desa 2027', 'isi_sifat': 'Penting', 'isi_sehubungan': 'akan disusunnya Rencana Kerja Pemerintah Desa tahun 2027',
                 'isi_kepada': 'Ketua dan anggota BPD\nKetua LPM\nKetua TP-PKK Desa\nKetua Karang Taruna\nPara kepala dusun\nPendamping desa\nKepala SDN 45\nBidan desa',
                 'isi_hari': -5, 'isi_jam': '09.00', 'isi_tempat': 'aula kantor desa', 'isi_acara': 'Pembahasan dan penetapan rancangan RKP Desa 2027',
                 'isi_catatan': 'kepala dusun membawa usulan dusunnya', 'isi_tembusan': 'Camat'},
    'keputusan-kepala-desa': {
        'isi_hal': 'Pembentukan tim penyusun RKP Desa tahun 2027',
        'isi_menimbang': 'bahwa RKP Desa disusun oleh tim yang dibentuk kepala desa\nbahwa yang namanya tersebut dalam lampiran dipandang mampu melaksanakan tugas itu',
        'isi_mengingat': 'Undang-Undang Nomor 6 Tahun 2014 tentang Desa, sebagaimana diubah dengan Undang-Undang Nomor 3 Tahun 2024\nPeraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa',
        'isi_diktum': 'Membentuk tim penyusun RKP Desa tahun 2027 dengan susunan seperti dalam lampiran.\nTim bertugas menyusun rancangan RKP Desa dan menyampaikannya kepada kepala desa.\nKeputusan ini berlaku sejak tanggal ditetapkan.',
        'isi_nama': 'Sekretaris Desa; Ketua\nKetua LPM; Sekretaris\nKepala Seksi Kesejahteraan; Anggota\nKepala Dusun Batu Lotong; Anggota\nKetua TP-PKK Desa; Anggota'},
    'peraturan-kepala-desa': {
        'isi_hal': 'Tata tertib peminjaman aula desa',
        'isi_menimbang': 'bahwa aula desa dipakai bersama oleh warga dan lembaga desa\nbahwa agar pemakaiannya tertib perlu diatur peminjamannya',
        'isi_mengingat': 'Undang-Undang Nomor 6 Tahun 2014 tentang Desa, sebagaimana diubah dengan Undang-Undang Nomor 3 Tahun 2024\nPeraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa',
        'isi_pasal': 'BAB I KETENTUAN UMUM\nAula adalah aula di halaman kantor desa.\nBAB II PEMINJAMAN\n(1) Aula dapat dipinjam oleh:\na. warga desa, untuk hajatan; dan\nb. lembaga desa, untuk kegiatannya.\n'
                     '(2) Peminjam mengajukan permohonan paling lambat tiga hari sebelumnya.\nPeminjam membersihkan aula dan mengganti barang yang rusak.\nBAB III PENUTUP\n'
                     'Peraturan Kepala Desa ini mulai berlaku pada tanggal diundangkan.',
        'isi_berita': '1'},
    'pengumuman': {'isi_hal': 'Kerja bakti membersihkan saluran irigasi', 'isi_isi': 'Diumumkan kepada seluruh warga bahwa akan diadakan kerja bakti membersihkan saluran irigasi sebelum musim tanam.',
                   'isi_rincian': 'Dusun di sebelah utara jalan poros; Sabtu pukul 07.00\nDusun di sebelah selatan jalan poros; Minggu pukul 07.00', 'isi_penutup': 'Alat kerja dibawa sendiri.'},
}


class Desk:
    """The clerk, the secretary and the head of one village."""

    def __init__(self, port, host, accounts, today):
        self.by, self.names, self.today = {}, {}, today
        for account in accounts:
            if account['role'] in ('clerk', 'secretary', 'head'):
                self.by[account['role']] = Person(port, host)
                self.by[account['role']].sign_in(account)
                self.names[account['role']] = account['username']
        self.clerk = self.by['clerk']
        self.adults = people(self.clerk, 'umur_dari=28&umur_sampai=55&urut=umur')[3:]
        self.count = 0

    def typed(self, answers):
        """As its boxes take it: a day is three."""
        boxes = {}
        for name, text in answers.items():
            if isinstance(text, int):
                day = self.today - datetime.timedelta(days=text)
                boxes.update({f'{name}_hari': day.day, f'{name}_bulan': day.month, f'{name}_tahun': day.year})
            else:
                boxes[name] = text
        return boxes

    def brought(self, page, lacks):
        """Ticks for what the applicant laid on the counter, but for these words; the RT's letter with its number and day."""
        boxes = {name: 1 for name, label in re.findall(r'name="(isi__dibawa_\d+)"[^>]*><label[^>]*>([^<]*)', page.text) if not lacks or lacks not in label}
        if 'isi__dibawa_nomor' in page.text and not lacks:
            boxes.update({'isi__dibawa_nomor': f'{self.count:02}/RT.01/XI/2026', **dated('isi__dibawa_tanggal', self.today - datetime.timedelta(days=1))})
        return boxes

    def begin(self, slug, lacks='', outsider=None):
        """A letter filled in, as it stands at the check; for somebody in no register his answers are typed. → its number in addresses"""
        person = []
        if slug not in OFFICE and outsider is None:
            person = [('warga', self.adults[self.count])]
            self.count += 1
        pick = self.clerk.get(f'/kantor/surat/buat/{slug}')
        guard = dict(f for f in pick.form('/cari' if person else f'/{slug}')['fields'] if f[0].startswith('_'))
        page = self.clerk.ask('POST', f'/kantor/surat/buat/{slug}', list(guard.items()) + person)
        letter = re.search(r'/kantor/surat/(\d+)/isi', page.path).group(1)
        typed = {'isi_keperluan': PURPOSES[slug]} if slug in PURPOSES else self.typed({**MORE, **OFFICE}[slug])
        if slug == 'keterangan-usaha':
            typed['isi_usaha'], years = BUSINESSES[self.count % len(BUSINESSES)]
            typed['isi_sejak'] = self.today.year - years
        self.clerk.send(page, f'/{letter}/isi', {**typed, **(outsider or {}), **self.brought(page, lacks)})
        return letter

    def send(self, slug, lacks='', why='', outsider=None):
        """The same, sent: for somebody of whom nothing speaks against it but what he did not bring."""
        while True:
            letter = self.begin(slug, lacks, outsider)
            page = self.clerk.get(f'/kantor/surat/{letter}/periksa')
            try:
                self.clerk.send(page, f'/{letter}/kirim', {'alasan': why} if why else {})
                return letter
            except Refused:
                self.clerk.send(page, f'/{letter}/batal', {})

    def stamp(self, role, letter, act, values=None):
        who = self.by[role]
        who.send(who.get(f'/kantor/persetujuan/{letter}'), f'/{letter}/{act}', values or {})

    def officials(self):
        """The secretary signs in for herself, and stands in for the head on three days of next week."""
        secretary, head, home = self.by['secretary'], self.by['head'], '/kantor/pengaturan/perangkat'
        found = {position: official for official, position in
                 re.findall(r'perangkat/(\d+)">[^<]*</a></td><td data-label="Jabatan">([^<]*)', secretary.get(home).text)}
        own = found['Sekretaris Desa']
        form = secretary.get(f'{home}/{own}/ubah')
        account = re.search(rf'<option value="(\d+)"[^>]*>[^<]*\({re.escape(self.names["secretary"])}\)', form.text).group(1)
        secretary.send(form, f'/{own}/ubah', {'akun': account, 'nip': '197806122007011003'})
        chief = next(official for position, official in found.items() if position.startswith('Kepala Desa'))
        head.send(head.get(f'{home}/{chief}'), f'/{chief}/berhalangan',
                  {'sebab': 'dinas', 'pengganti': own, **dated('mulai', self.today + datetime.timedelta(days=6)),
                   **dated('selesai', self.today + datetime.timedelta(days=8))})

    def letters(self):
        for slug in ('keterangan-usaha', 'pengantar-skck', 'pengantar-kehilangan', 'keterangan-penduduk', 'keterangan-usaha'):
            self.send(slug)
        wrong = self.send('keterangan-usaha')
        secretary = self.by['secretary']
        secretary.send(secretary.get(f'/kantor/surat/{wrong}'), f'/{wrong}/cabut', {'sebab': '1', 'alasan': 'nama usaha keliru'})
        for slug in ('keterangan-domisili', 'undangan', 'pengumuman', 'peraturan-kepala-desa'):
            signed = self.send(slug)
            self.stamp('secretary', signed, 'teruskan')
            self.stamp('head', signed, 'setujui')
        for slug in ('keterangan-tidak-mampu', 'izin-keramaian', 'keputusan-kepala-desa'):
            self.stamp('secretary', self.send(slug), 'teruskan')
        self.send('kepemilikan-tanah', 'Surat pengantar RT', 'Ketua RT ikut datang ke kantor dan menerangkan letak serta batas kebunnya')
        lodger = self.send('keterangan-domisili', outsider=LODGER)
        self.stamp('secretary', lodger, 'teruskan')
        back = self.send('keterangan-tidak-mampu')
        self.stamp('secretary', back, 'kembalikan', {'catatan': 'Sebutkan nama sekolahnya.'})
        for slug in ('keterangan-domisili', 'keterangan-tidak-mampu'):
            self.send(slug)
        self.begin('pengantar-skck')

    def pile(self):
        """One letter for each head of family of an RT, read once by the secretary and by the head of the village, and approved as one."""
        letter = self.begin('keterangan-tidak-mampu')
        page = self.clerk.get(f'/kantor/surat/{letter}/massal')
        hamlets = page.form('/massal')['options'].get('dusun', [''])
        page = self.clerk.send(page, '/massal', {'cara': 'saringan', 'dusun': hamlets[-1], 'rt': '001', 'peran': 1})
        self.clerk.send(page, '/kirim', {})
        for role, act in (('secretary', 'teruskan'), ('head', 'setujui')):
            who = self.by[role]
            who.send(who.get(f'{page.path}/contoh'), f'/{act}', {})

    def texts(self):
        """What a type says next, being written: it waits as a draft."""
        secretary = self.by['secretary']
        home = re.search(r'href="(/kantor/jenis-surat/\d+)">Surat Keterangan Usaha<', secretary.get('/kantor/jenis-surat').text).group(1)
        page = secretary.get(f'{home}/isi')
        text = dict(page.form('/isi/simpan')['fields'])['markup']
        added = 'Surat keterangan ini bukan izin usaha. Perizinan berusaha diurus melalui sistem OSS.\n\nDemikian'
        secretary.send(page, '/isi/simpan', {'tree': '', 'markup': text.replace('Demikian', added, 1)})

    # ---- what happened to people ----

    def leave(self, person, what, values):
        self.clerk.send(self.clerk.get(f'/kantor/penduduk/{person}/{what}'), f'/{what}', {'langkah': 'simpan', **values})

    def birth(self, mother, name, sex, born):
        family = re.search(r'/kantor/keluarga/(\d+)', self.clerk.get(f'/kantor/penduduk/{mother}').text).group(1)
        page = self.clerk.get(f'/kantor/keluarga/{family}/kelahiran')
        options = page.form('/kelahiran')['options']
        parents = {name: next((o for o in options.get(name, []) if o not in ('', '0')), '0') for name in ('ibu', 'ayah')}
        self.clerk.send(page, '/kelahiran', {'langkah': 'simpan', 'nama': name, 'jk': sex, 'tempat': 'Belopo', **dated('lahir', born), **parents, 'pelapor': 'Bidan desa'})

    def each(self, persons, doings):
        """Each of the doings for the first of those left whom the pages take it of."""
        left = iter(persons)
        for do in doings:
            for person in left:
                try:
                    do(person)
                    break
                except Refused:
                    pass
            else:
                raise Refused('nobody is left of whom the pages take it')

    def events(self):
        ago = lambda days: self.today - datetime.timedelta(days=days)
        babies = (('Aisyah Nur Rahma', 2, 6), ('Muhammad Fadel', 1, 13), ('Nadia Safitri', 2, 34))
        self.each(people(self.clerk, 'jk=2&peran=3&umur_dari=23&umur_sampai=34')[1::4],
                  [lambda mother, b=b: self.birth(mother, b[0], b[1], ago(b[2])) for b in babies])
        self.each(people(self.clerk, 'peran=3&umur_dari=66')[::3],
                  [lambda person, d=d: self.leave(person, 'kematian', {**dated('tanggal', ago(d)), 'tempat': 'Rumah', 'sebab': 'Sakit', 'pelapor': 'Keluarga'})
                   for d in (3, 27)])
        self.each(people(self.clerk, 'peran=4&umur_dari=21&umur_sampai=27')[::3],
                  [lambda person, d=d: self.leave(person, 'kepindahan', {**dated('tanggal', ago(d)), 'jangkauan': '3', 'tempat': 'Jalan Hasanuddin 4, Makassar',
                                                                         'nomor': f'SKP/{d}/{ago(d).year}'}) for d in (9, 40)])


    # ---- the mail ----

    def write_mail(self, side, values, lines):
        """→ its address"""
        page = self.clerk.send(self.clerk.get(f'/kantor/{side}/catat'), '/catat', values, [('pindaian', 'pindaian.pdf', paper(lines))])
        return page.path

    def assign(self, mail, role, instruction, note, with_hamlets=False):
        head = self.by['head']
        page = head.get(mail)
        name = re.search(r'class="who"[^>]*><b>([^<]+)</b>', self.by[role].get('/kantor').text).group(1)
        someone = re.search(rf'name="(kepada_a\d+)"[^>]*><label[^>]*>{re.escape(name)},', page.text).group(1)
        hamlets = re.findall(r'name="(kepada_p\d+)"[^>]*><label[^>]*>[^<]*Kepala Dusun', page.text) if with_hamlets else []
        head.send(page, '/disposisi', {**{box: '1' for box in (someone, *hamlets)}, 'disposisi': instruction, 'pesan': note})

    def mail(self):
        """One that came: put right, given to the wrong one first, then worked on; and the answer, whose sending was written down wrongly."""
        ago = lambda days: self.today - datetime.timedelta(days=days)
        came = self.write_mail('surat-masuk', {
            'dari': 'Puskesmas Larompong', 'kepada': 'Kepala Desa', 'nomor': '440/218/PKM-LRP', **dated('tanggal', ago(9)), 'hal': 'Permintaan data balita untuk posyandu',
            'ringkasan': 'Nama, tanggal lahir, dan dusun balita per akhir bulan.', **dated('diterima', ago(8)), 'klasifikasi': '400.5', 'sifat': '2'},
            ['PEMERINTAH KABUPATEN LUWU', 'DINAS KESEHATAN', 'UPTD PUSKESMAS LAROMPONG', '', 'Nomor  : 440/281/PKM-LRP', 'Perihal : Permintaan data balita untuk posyandu', '',
             'Kepada Yth. Kepala Desa', 'di Tempat', '', 'Sehubungan dengan bulan penimbangan, kami mohon data balita di desa Saudara:',
             'nama, tanggal lahir, dan dusun, paling lambat akhir bulan ini.', '', 'Kepala UPTD Puskesmas Larompong'])
        self.clerk.send(self.clerk.get(f'{came}/ubah'), '/ubah', {'nomor': '440/281/PKM-LRP'})
        self.assign(came, 'secretary', '2', '')
        head = self.by['head']
        head.send(head.get(came), '/tarik', {'alasan': 'datanya ada di pelayanan'})
        self.assign(came, 'clerk', '4', 'Ambil dari daftar penduduk, umur 0 sampai 5; kepala dusun mencocokkan.', with_hamlets=True)
        self.clerk.send(self.clerk.get(came), '/dibaca', {})
        self.clerk.send(self.clerk.get(came), '/lapor', {'laporan': 'Daftar balita per dusun sudah dibuat dan dikirim dengan surat keluar.'})
        out = self.write_mail('surat-keluar', {
            'dari': 'Kepala Desa', 'kepada': 'Puskesmas Larompong', 'nomor': '400.5/074/DS', **dated('tanggal', ago(6)), 'hal': 'Data balita untuk posyandu', 'klasifikasi': '400.5',
            'sifat': '1'}, ['PEMERINTAH DESA', '', 'Nomor  : 400.5/074/DS', 'Perihal : Data balita untuk posyandu', '', 'Kepada Yth. Kepala UPTD Puskesmas Larompong', '',
                            'Bersama ini kami sampaikan daftar balita per dusun.', '', 'Kepala Desa'])
        sent = {'lewat': 'Diantar Kaur Umum', 'penerima': 'Hj. Nuraeni, tata usaha'}
        self.clerk.send(self.clerk.get(out), '/kirim', {**dated('dikirim', ago(6)), **sent})
        self.clerk.send(self.clerk.get(out), '/kirim', {**dated('dikirim', ago(5)), **sent, 'sebab': 'buku ekspedisi bertanggal sehari sesudahnya'})


# ---- the kiosk ----

def queue(port, host, code):
    """Two people who are there for the first time take a number."""
    kiosk = Person(port, host)
    kiosk.send(kiosk.get('/anjungan/daftar'), '/anjungan/daftar', {'kode': code})
    for _ in range(2):
        kiosk.send(kiosk.get('/anjungan/pertama'), '/anjungan/antrean', {})
        kiosk.send(kiosk.get('/anjungan'), '/anjungan/selesai', {})


def main():
    home = pathlib.Path(sys.argv[1])
    access = json.loads((home / 'demo-access.json').read_text())
    port = int(access['base'].rsplit(':', 1)[1])
    hosts = {v['slug']: v['host'] for v in access['villages']}
    today = datetime.datetime.now(ZONE).date()
    is_whole = True
    for slug, training in access['training'].items():
        desk = Desk(port, hosts[slug], training['staff'], today)
        if re.search(r'href="/kantor/surat/\d+"', desk.clerk.get('/kantor/surat').text):
            continue
        for part in (desk.events, desk.officials, desk.letters, desk.pile, desk.texts, desk.mail, lambda: queue(port, hosts[slug], training['kiosk_code'])):
            try:
                part()
            except (Refused, AttributeError, IndexError) as fault:
                print(f'{slug}: left out: {fault}', file=sys.stderr)
                is_whole = False
    sys.exit(0 if is_whole else 1)


if __name__ == '__main__':
    main()
