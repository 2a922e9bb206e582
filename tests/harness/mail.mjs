// SPDX-License-Identifier: AGPL-3.0-or-later
// A real mail server that takes messages, or misbehaves as told.

import net from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { until } from './stack.mjs';

const no = (code, words) => Object.assign(new Error(words), { responseCode: code });

/**
 * Listens on a port of 127.0.0.1 (0: any). `behave`, to be changed at any time:
 *   take             every message
 *   refuse           no such mailbox (550)
 *   greylist         later, please (451); from the second try on it takes
 *   refuse-late      550 after the whole message was sent
 *   drop             the connection ends in the middle of the message
 *   hush             the connection is taken, and never a word said
 *   lose             the message is kept, but the connection ends before the answer
 */
export class MailServer {
    static async listen(port = 0, options = {}) {
        const mail = new MailServer();
        mail.behave = 'take';
        mail.messages = [];
        mail.tries = [];
        mail.logins = [];
        mail.server = new SMTPServer({
            authOptional: !options.auth,
            disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.auth ? [] : ['AUTH'])],
            disableReverseLookup: true,
            logger: false,
            closeTimeout: 200,
            ...(options.tls ?? {}),
            onAuth: (auth, session, done) => {
                mail.logins.push({ user: auth.username, isSecure: session.secure });
                const isRight = auth.username === options.auth.user && auth.password === options.auth.password;
                done(isRight ? null : no(535, 'no such account'), { user: auth.username });
            },
            onConnect: (session, done) => {
                if (mail.behave !== 'hush') done();
            },
            onRcptTo: (address, session, done) => {
                mail.tries.push(address.address);
                if (mail.behave === 'refuse') return done(no(550, `5.1.1 <${address.address}> user unknown`));
                if (mail.behave === 'greylist') {
                    mail.behave = 'take';
                    return done(no(451, '4.7.1 greylisted, come again'));
                }
                return done();
            },
            onData: (stream, session, done) => mail.onData(stream, session, done),
        });
        mail.server.on('error', () => {}); // clients that go away
        await new Promise((resolve, reject) => {
            mail.server.once('error', reject);
            mail.server.listen(port, '127.0.0.1', resolve);
        });
        mail.port = mail.server.server.address().port;
        return mail;
    }

    hangUp() {
        for (const connection of this.server.connections) connection._socket.destroy();
    }

    async onData(stream, session, done) {
        const chunks = [];
        if (this.behave === 'drop') {
            stream.once('data', () => this.hangUp());
            return;
        }
        for await (const chunk of stream) chunks.push(chunk);
        if (this.behave === 'refuse-late') return done(no(550, 'we do not like it'));
        const raw = Buffer.concat(chunks);
        const read = await PostalMime.parse(raw);
        this.messages.push({
            raw: raw.toString('latin1'), to: session.envelope.rcptTo.map((r) => r.address), from: session.envelope.mailFrom.address,
            greeted: session.hostNameAppearsAs, isSecure: session.secure, subject: read.subject, sender: read.from, text: read.text,
            id: read.messageId, headers: Object.fromEntries(read.headers.map((h) => [h.key, h.value])),
        });
        if (this.behave === 'lose') {
            this.behave = 'take';
            return this.hangUp();
        }
        return done();
    }

    /** The messages to an address, once there are `count`. */
    async to(address, count = 1, seconds = 30) {
        const mine = () => this.messages.filter((m) => m.to.includes(address));
        return until(`${count} messages to ${address}`, () => (mine().length >= count ? mine() : null), seconds);
    }

    close() {
        return new Promise((resolve) => this.server.close(resolve));
    }
}

/** Takes connections and never says a word, or what `speak` says. */
export async function silence(speak = () => {}) {
    const sockets = new Set();
    const server = net.createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        speak(socket);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        port: server.address().port,
        connections: () => sockets.size,
        close: () => {
            for (const socket of sockets) socket.destroy();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}
