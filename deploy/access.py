#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""demo-access.json: where the demo answers and who may sign in.

access.py write HOME BASE TLS_BASE CODES   CODES: the training villages in their order; villages as code, name, slug lines on standard input
access.py print HOME                 for people
"""

import json
import os
import pathlib
import sys


def read(path, otherwise):
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return otherwise


def console(home, name, site, base):
    account = read(home / f'secrets/console-{name}.json', None)
    if account is None:
        return None
    host = f'{site}.{base}'
    return {**account, 'host': host, 'url': f'http://{host}/masuk'}


def write(home, base, tls_base, codes, lines):
    rows = [line.rstrip('\n').split('\t') for line in lines]
    villages = [{'code': code, 'name': name, 'slug': slug, 'host': f'{slug}.{base}'} for code, name, slug in rows]
    slugs = {v['code']: v['slug'] for v in villages}
    order = [slugs[code] for code in codes.split() if code in slugs]
    training = read(home / 'secrets/training.json', {})
    training = training.get('training', training)
    access = {
        'base': base,
        'http': f'http://{base}',
        'https': f'https://{tls_base}',
        'ca': str(home / 'tls/ca.pem'),
        'villages': villages,
        'training': {slug: training[slug] for slug in order if slug in training},
        'kelola': console(home, 'kelola', 'kelola', base),
        'dpmd': console(home, 'dpmd', 'dpmd', base),
        'kecamatan': console(home, 'kecamatan', 'dpmd', base),
    }
    out = home / 'demo-access.json'
    new = home / 'demo-access.json.new'
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as file:
        json.dump(access, file, ensure_ascii=False, indent=1)
        file.write('\n')
    new.rename(out)


def show(home):
    access = read(home / 'demo-access.json', {})
    print(f"  Balai          {access['http']}   ({access['https']} with the CA in {access['ca']})")
    for site, what in (('kelola', 'volunteers'), ('dpmd', 'DPMD')):
        account = access[site]
        print(f"  {site:<14} http://{account['host']}   {what}: {account['username']} / {account['password']}")
    print('  Training villages (generated people, DATA CONTOH):')
    hosts = {v['slug']: v['host'] for v in access['villages']}
    for slug, people in access['training'].items():
        print(f'    http://{hosts[slug]}/masuk')
        for staff in people['staff']:
            print(f"      {staff['role']:<10} {staff['username']} / {staff['password']}")
        if people.get('kiosk_code'):
            print(f"      kiosk      http://{hosts[slug]}/anjungan/daftar with the code {people['kiosk_code']}")
    print(f"  All of it: {home / 'demo-access.json'}")


def main():
    action, home = sys.argv[1], pathlib.Path(sys.argv[2])
    if action == 'write':
        write(home, sys.argv[3], sys.argv[4], sys.argv[5], sys.stdin)
    else:
        show(home)


if __name__ == '__main__':
    main()
