#!/usr/bin/env python3
"""A seeded lab of fake municipalities on one machine: DNS with DNSSEC, web and mail servers, ground truth.

    easmlab.py gen  --dir DIR --seed public --domains 2000
    easmlab.py up   --dir DIR [--netns NAME]    (needs root: makes the network namespace, `easmlab` unless told otherwise)
    easmlab.py run  [--netns NAME] -- COMMAND...
    easmlab.py down --dir DIR [--netns NAME]

Everything listens on 127.0.0.0/8 and fd00:ea5::/32 inside a network namespace of its own, on the
real port numbers (53, 25, 80, 443), so scanners need no patching. Nothing leaves the namespace.
truth.json depends on the seed and the number of domains alone (times in it are day offsets).
"""
import argparse
import base64
import datetime as dt
import hashlib
import ipaddress
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import variants as V
from variants import E, F, I, N, P, W, worst

HERE = Path(__file__).resolve().parent
NETNS = "easmlab"
RESOLVER = "127.0.0.53"
ROOT_NS, TLD_NS = "127.53.0.1", "127.53.0.2"
POOLS = ["valid", "notfound", "invalid"]  # RPKI pool -> second octet offset
NOW = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
DAY = dt.timedelta(days=1)


# ------------------------------------------------------------------ seeded choice
class Rng(random.Random):
    def __init__(self, *key):
        super().__init__(int.from_bytes(hashlib.sha256("|".join(map(str, key)).encode()).digest(), "big"))

    def of(self, rows):
        """One row of (name, weight, ...) rows, by weight."""
        return self.choices(rows, [r[1] for r in rows])[0]

    def key(self, table):
        """One key of a {name: (weight, ...)} table, by weight."""
        return self.choices(list(table), [v[0] for v in table.values()])[0]


SYL = "aal bor dam eind groot heer hoog kerk lands mid noord oost poort rijn schip tor uit veen west wijk zand zee".split()


def domain_name(seed, i):
    r = Rng(seed, "name", i)
    return "".join(r.sample(SYL, r.choice((2, 3)))) + f"{i:04d}.test"


# ------------------------------------------------------------------ the plan (pure function of the seed)
def plan_mx(seed, host, key):
    """A mail host: how it speaks TLS, which certificate, which TLSA records."""
    r = Rng(seed, "mx", key)
    tls = r.key({k: v for k, v in V.TLS.items() if not v[1].get("odd") and k != "early_data"})
    cert = r.key({k: v for k, v in V.CERT.items() if not v[1].get("ocsp") and k != "notyet"})
    if V.TLS[tls][3]:
        cert = r.choice(["rsa2048", "rsa3072"])
    if cert == "rsa1024":
        cert = "rsa2048"
    dane = r.of(V.DANE_MX)
    link = r.of(V.MX_LINK)[0]
    rpki = r.of(V.RPKI)[0]
    v6 = r.choices(["same", "none", "unreach"], [70, 22, 8])[0]
    return dict(host=host, tls=tls, cert=cert, dane=dane[0], link=link, rpki=rpki, v6=v6, caa=r.of(V.CAA)[0])


def plan(seed, count):
    """Everything the lab holds, before any key is made."""
    ns = []  # name server providers
    for k in range(12):
        r = Rng(seed, "ns", k)
        ns.append(dict(kind=r.of(V.NS)[0] if k >= 4 else V.NS[k][0], rpki=r.of(V.RPKI)[0], zone=f"nsp{k}.test"))
    weights = [8.0 if p["kind"] == "dual6" else 1.0 for p in ns]
    mxp = []  # mail providers with shared mail hosts
    for k in range(max(12, count // 40)):
        r = Rng(seed, "mxp", k)
        zone = f"mailp{k}.test"
        secure = r.of(V.DNSSEC)[0]
        hosts = [plan_mx(seed, f"mx{j}.{zone}", f"{k}/{j}") for j in range(1, r.choice((2, 3, 3)))]
        if len(hosts) == 2 and r.random() < .7:  # most clusters are set up alike
            hosts[1].update({x: hosts[0][x] for x in ("tls", "cert", "dane", "link", "rpki", "v6")})
        mxp.append(dict(zone=zone, dnssec=secure, hosts=hosts, ns=r.choices(range(12), weights)[0]))
    doms = []
    for i in range(count):
        r = Rng(seed, "dom", i)
        name = domain_name(seed, i)
        d = dict(name=name, i=i, ns=r.choices(range(12), weights)[0], dnssec=r.of(V.DNSSEC)[0], rpki=r.of(V.RPKI)[0],
                 v6=r.of(V.V6WEB)[0], tls=r.key(V.TLS), cert=r.key(V.CERT), redirect=r.of(V.REDIRECT)[0],
                 hsts=r.of(V.HSTS)[0], csp=r.of(V.CSP)[0], xfo=r.of(V.XFO)[0], xcto=r.of(V.XCTO)[0],
                 refp=r.of(V.REFP)[0], gzip=r.of(V.GZIP)[0], sectxt=r.of(V.SECTXT)[0], caa=r.of(V.CAA)[0],
                 dane=r.of(V.DANE_WEB)[0], spf=r.of(V.SPF)[0], dmarc=r.of(V.DMARC)[0], dkim=r.of(V.DKIM)[0],
                 mail=r.of(V.MAIL)[0], soft=r.of(V.SOFT)[0], cookie=r.choices(["none", "ok", "bad"], [60, 25, 15])[0],
                 third=r.random() < .2, subs=r.sample(V.SUBS, r.randint(1, 5)), dangling=r.random() < .03,
                 cert_sub=r.random() < .25, port=r.choice(V.PORTS)[0] if r.random() < .12 else None)
        odd = V.TLS[d["tls"]][1].get("odd")
        if odd:  # hosts outside nginx are kept plain
            d.update(cert="rsa2048" if odd == "ssl3" else "good", v6="none", redirect="no80", hsts=[], csp="", xfo="", xcto="",
                     refp="", gzip=False, sectxt="missing", dane="none", soft=None, cookie="none", third=False)
            if odd in ("closed", "tarpit"):
                d["cert"] = None
        elif V.TLS[d["tls"]][3]:
            d["cert"] = r.choice(["rsa2048", "rsa3072"])
        if d["redirect"] == "no80" and d["v6"] == "only443":
            d["v6"] = "same"
        if d["mail"] == "provider":
            d["mxp"] = min(int(r.expovariate(1 / (len(mxp) / 4))), len(mxp) - 1)
        elif d["mail"] == "own":
            d["mx"] = plan_mx(seed, f"mx.{name}", f"own/{i}")
            d["mx"]["caa"] = d["caa"]
        doms.append(d)
    return dict(seed=seed, ns=ns, mxp=mxp, domains=doms)


# ------------------------------------------------------------------ ground truth
def tls_truth(tls, cert, web):
    t = {c: P for c in V.TLS_CHECKS + V.CERT_CHECKS}
    t["ocsp_stapling"] = N
    t.update(V.TLS[tls][2])
    t.update(V.CERT[cert][2] if cert else {})
    if not web:  # internet.nl: trust and name are informational for mail
        t = {k: (I if k in ("cert_trust", "cert_hostmatch") and v == F else v) for k, v in t.items()}
        del t["ocsp_stapling"]
        t["zero_rtt"] = P
    if V.TLS[tls][2].get("tls_version") == F and tls == "tls10_only":
        t["fs_params"] = P
    return t


def mx_truth(m, secure):
    t = {}
    up = m["link"] == "starttls"
    t["starttls_exists"] = P if up else E
    row = next(x for x in V.DANE_MX if x[0] == m["dane"])
    if secure.startswith("bogus"):  # a validating client cannot even look the host up
        return {}
    if up:
        t.update(tls_truth(m["tls"], m["cert"], False))
        t["mail_caa"] = next(x[2] for x in V.CAA if x[0] == m["caa"])
        if secure == "secure":
            t.update(dane_exists=row[2], dane_valid=row[3], dane_rollover=row[4])
            if m["dane"] == "ta211" and m["cert"] == "wrongname":
                t["cert_hostmatch"] = F
            if m["dane"] == "ta211" and m["cert"] in ("selfsigned", "otherca", "nochain"):
                t["dane_valid"] = F
            if m["dane"] in ("ta211",) and m["cert"] in ("expired", "sha1"):
                t["dane_valid"] = "?"
        else:
            t.update(dane_exists=F, dane_valid=N, dane_rollover=N)
    return t


def truth_of(pl, d):
    ns, t, m = pl["ns"][d["ns"]], {}, {}
    odd = V.TLS[d["tls"]][1].get("odd")
    nst = next(x[2] for x in V.NS if x[0] == ns["kind"])
    t.update(nst)
    t.update(next(x[2] for x in V.V6WEB if x[0] == d["v6"]))
    sec = next(x[2] for x in V.DNSSEC if x[0] == d["dnssec"])
    t.update(sec)
    if odd in ("closed", "tarpit"):
        t["https_exists"] = E
    else:
        t["https_exists"] = P
        t.update(tls_truth(d["tls"], d["cert"], True))
        if odd:
            t.update(https_forced=P, https_hsts=F, http_compression=P, http_csp=W, http_x_frame=I, http_x_content_type=W,
                     http_referrer_policy=I, http_securitytxt=W)
            if odd == "ssl3":
                t = {k: v for k, v in t.items() if k not in ("https_forced", "https_hsts", "http_compression", "http_csp", "kex_hash_func",
                                                             "http_x_frame", "http_x_content_type", "http_referrer_policy",
                                                             "http_securitytxt", "cert_pubkey")}
        else:
            t["https_forced"] = next(x[2] for x in V.REDIRECT if x[0] == d["redirect"])
            t["https_hsts"] = next(x[2] for x in V.HSTS if x[0] == d["hsts"])
            t["http_compression"] = I if d["gzip"] and d["redirect"] != "chain_www" else P  # redirects are not compressed
            t["http_csp"] = next(x[2] for x in V.CSP if x[0] == d["csp"])
            t["http_x_frame"] = next(x[2] for x in V.XFO if x[0] == d["xfo"])
            t["http_x_content_type"] = next(x[2] for x in V.XCTO if x[0] == d["xcto"])
            t["http_referrer_policy"] = next(x[2] for x in V.REFP if x[0] == d["refp"])
            t["http_securitytxt"] = next(x[2] for x in V.SECTXT if x[0] == d["sectxt"])
        t["web_caa"] = next(x[2] for x in V.CAA if x[0] == d["caa"])
        row = next(x for x in V.DANE_WEB if x[0] == d["dane"])
        t.update(dane_exists=row[2] if d["dnssec"] == "secure" else I, dane_valid=row[3] if d["dnssec"] == "secure" else N)
        if d["tls"] == "tls10_only":  # no HTTP client of today speaks TLS 1.0: the header checks depend on the scanner
            t = {k: v for k, v in t.items() if not k.startswith("http_") and k not in ("https_hsts", "https_forced", "web_ipv46")}
        if d["v6"] == "unreach":  # internet.nl folds the dead IPv6 address in: "passed" becomes "not tested"
            keep = set(nst) | {"web_aaaa", "web_reach", "web_ipv46", "dnssec_exists", "dnssec_valid"}
            t = {k: (N if v == P and k not in keep else v) for k, v in t.items()}
            t["https_exists"] = E
        if d["redirect"] == "chain_www" and d["dnssec"].startswith("bogus"):  # the second hop needs a lookup of a bogus name
            t = {k: v for k, v in t.items() if k not in ("https_forced", "web_ipv46")}
    rp = next(x[2] for x in V.RPKI if x[0] == d["rpki"])
    nr = next(x[2] for x in V.RPKI if x[0] == ns["rpki"])
    t.update(web_rpki_exists=rp["exists"], web_rpki_valid=rp["valid"], ns_rpki_exists=nr["exists"], ns_rpki_valid=nr["valid"])
    # mail
    m.update(nst)
    m["dnssec_exists"], m["dnssec_valid"] = sec["dnssec_exists"], sec["dnssec_valid"]
    row = next(x for x in V.SPF if x[0] == d["spf"])
    m.update(spf=row[2], spf_policy=row[3])
    row = next(x for x in V.DMARC if x[0] == d["dmarc"])
    m.update(dmarc=row[2], dmarc_policy=row[3])
    m["dkim"] = next(x[2] for x in V.DKIM if x[0] == d["dkim"])
    if d["mail"] == "no_mx_spf":  # the record is "v=spf1 -all": a domain that sends no mail needs no DKIM
        m.update(spf=P, spf_policy=P)
        if d["dkim"] == "nx" and d["dmarc"] in ("reject", "ext_ok"):
            m["dkim"] = N
        elif d["dkim"] == "nx":
            m["dkim"] = F
    hosts, msec = mx_hosts(pl, d)
    if hosts:
        m["mx_aaaa"] = P if all(h["v6"] != "none" for h in hosts) else F
        m["mx_reach"] = (N if all(h["v6"] == "none" for h in hosts) else
                         F if any(h["v6"] == "unreach" or h["v6"] == "same" and h["link"] == "closed" for h in hosts) else P)
        s = next(x[2] for x in V.DNSSEC if x[0] == msec)
        m["dnssec_mx_exists"], m["dnssec_mx_valid"] = s["dnssec_exists"], s["dnssec_valid"]
        each = [mx_truth(h, msec) for h in hosts]
        if all(each):
            m["starttls_exists"] = worst([e["starttls_exists"] for e in each])
        if all(e.get("starttls_exists") == P for e in each):
            for c in each[0]:
                words = [e[c] for e in each]
                m[c] = "?" if "?" in words else worst(words)
        rp = [next(x[2] for x in V.RPKI if x[0] == h["rpki"]) for h in hosts]
        m["mail_rpki_exists"], m["mail_rpki_valid"] = worst([x["exists"] for x in rp]), worst([x["valid"] for x in rp])
    else:
        m["mx_state"] = d["mail"]
        m["starttls_exists"] = "?" if d["mail"] == "no_mx_spf" else N
    # beyond internet.nl
    x = dict(cookie_insecure=d["cookie"] == "bad", third_party=["cdn.lab-third.test"] if d["third"] else [],
             subdomains=sorted(asset_names(d)), dangling=[f"oud.{d['name']}"] if d["dangling"] else [],
             days_left=V.CERT[d["cert"]][1].get("days", 200) if d["cert"] else None, ports=asset_ports(d),
             software=software(d), advisories=sorted({a for s in software(d) for a in s["advisories"]}))
    return dict(web={k: v for k, v in sorted(t.items()) if v != "?"}, mail={k: v for k, v in sorted(m.items()) if v != "?"}, extra=x)


def version_tuple(v):
    return [int(x) for x in v.split(".") if x.isdigit()]


def advise(product, version):
    return [a["id"] for a in V.ADVISORIES if a["product"] == product and version
            and version_tuple(a["from"]) <= version_tuple(version) < version_tuple(a["fixed"])]


def software(d):
    found = []
    names = {"Apache": "apache:http_server", "nginx": "f5:nginx", "PHP": "php:php", "WordPress": "wordpress:wordpress",
             "Drupal": "drupal:drupal", "TYPO3": "typo3:typo3", "Microsoft-IIS": "microsoft:iis"}
    if d["soft"]:
        where, text = d["soft"]
        if where == "js":
            found.append(("jquery:jquery", text.split("-")[1].rsplit(".min", 1)[0]))
        else:
            head = text.split("/")[0].split(" ")[0]
            tail = text.split("/")[-1] if "/" in text else (text.split(" ")[1] if " " in text else "")
            version = "" if "www.drupal" in text or text == "TYPO3 CMS" else tail.split(" ")[0]
            if head == "Drupal":
                version = "10"
            found.append((names[head], version if text != "nginx" else ""))
    for _, port, hello in V.PORTS:
        if d["port"] and (d["port"], port) == (_, port):
            if b"OpenSSH_" in hello:
                found.append(("openbsd:openssh", hello.split(b"OpenSSH_")[1].strip().decode()))
            if b"vsFTPd" in hello:
                found.append(("vsftpd:vsftpd", "2.3.4"))
    return [dict(product=p, version=v, advisories=advise(p, v)) for p, v in found]


def asset_names(d):
    names = [f"{s}.{d['name']}" for s in d["subs"]]
    return names + ([f"{d['port']}.{d['name']}"] if d["port"] else [])


def asset_ports(d):
    return [dict(host=f"{d['port']}.{d['name']}", port=p[1]) for p in V.PORTS if p[0] == d["port"]]


def mx_hosts(pl, d):
    if d["mail"] == "provider":
        p = pl["mxp"][d["mxp"]]
        return p["hosts"], p["dnssec"]
    if d["mail"] == "own":
        return [d["mx"]], d["dnssec"]
    return [], None


# ------------------------------------------------------------------ addresses
TLS_NAMES = list(V.TLS)


def web_ip(d):
    no80 = 2 if d["redirect"] == "no80" else 1
    return f"127.{10 + POOLS.index(d['rpki'])}.{TLS_NAMES.index(d['tls']) + 1}.{no80}"


def web_ip6(d):
    if d["v6"] == "none":
        return None
    if d["v6"] == "unreach":
        return "fd00:ea5:dead::1"
    kind = {"same": 1, "diff": 2, "only443": 3}[d["v6"]] + (4 if d["redirect"] == "no80" else 0)
    return f"fd00:ea5:{10 + POOLS.index(d['rpki'])}:{kind}::{TLS_NAMES.index(d['tls']) + 1:x}"


def mx_ip(m, n):
    return f"127.{20 + POOLS.index(m['rpki'])}.{n // 250}.{n % 250 + 1}"


def mx_ip6(m, n):
    return {"none": None, "unreach": "fd00:ea5:dead::25"}.get(m["v6"], f"fd00:ea5:{20 + POOLS.index(m['rpki'])}::{n + 1:x}")


def ns_ip(k, pl, j):
    return f"127.{53 + POOLS.index(pl['ns'][k]['rpki'])}.{k + 1}.{j}"


def ns_ip6(k, pl, j):
    kind = pl["ns"][k]["kind"]
    if kind == "v4only" or kind == "one6" and j == 2:
        return None
    if kind == "unreach6" and j == 2:
        return f"fd00:ea5:dead::53:{k + 1:x}"
    return f"fd00:ea5:{53 + POOLS.index(pl['ns'][k]['rpki'])}::{k + 1:x}:{j}"


# ------------------------------------------------------------------ keys and certificates
def ec_key(seed, *what, curve=None):
    from cryptography.hazmat.primitives.asymmetric import ec
    n = int.from_bytes(hashlib.sha256("|".join(map(str, (seed, *what))).encode()).digest(), "big")
    curve = curve or ec.SECP256R1()
    return ec.derive_private_key(n % (2 ** (curve.key_size - 2)) + 2, curve)


def pem(key):
    from cryptography.hazmat.primitives import serialization as s
    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


class Pki:
    def __init__(self, out, seed):
        from cryptography.hazmat.primitives.asymmetric import rsa
        self.dir, self.seed = out / "certs", seed
        self.dir.mkdir(exist_ok=True)
        self.rsa = {}
        for bits in (1024, 2048, 3072):
            f = out / f"rsa{bits}.pem"
            if not f.exists():
                f.write_bytes(pem(rsa.generate_private_key(65537, bits)))
            from cryptography.hazmat.primitives.serialization import load_pem_private_key
            self.rsa[bits] = load_pem_private_key(f.read_bytes(), None)
        self.root_key, self.int_key, self.bad_key = (ec_key(seed, x) for x in ("root", "intermediate", "otherca"))
        self.root = self.make("Lab Root CA", self.root_key, None, None, ca=True)
        self.inter = self.make("Lab Issuing CA", self.int_key, self.root, self.root_key, ca=True)
        self.bad = self.make("Somebody Else CA", self.bad_key, None, None, ca=True)
        from cryptography.hazmat.primitives.serialization import Encoding
        (out / "ca.pem").write_bytes(self.root.public_bytes(Encoding.PEM))
        fp = self.root.fingerprint(__import__("cryptography.hazmat.primitives.hashes", fromlist=["SHA1"]).SHA1()).hex().upper()
        (out / "ca-fingerprints.txt").write_text(fp + "\n")

    def make(self, cn, key, issuer, issuer_key, names=(), ca=False, start=-30, days=200, hash_=None, ocsp=False):
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes
        from cryptography.x509.oid import AuthorityInformationAccessOID as AIA, ExtendedKeyUsageOID, NameOID
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, cn[:60])])
        serial = int.from_bytes(hashlib.sha256(f"{self.seed}|{cn}|{names}|{days}".encode()).digest()[:16], "big") >> 1
        if ca:
            days = 3650
        b = (x509.CertificateBuilder().subject_name(name).issuer_name(issuer.subject if issuer else name)
             .public_key(key.public_key()).serial_number(serial)
             .not_valid_before(NOW + DAY * min(start, days - 1)).not_valid_after(NOW + DAY * days)
             .add_extension(x509.BasicConstraints(ca=ca, path_length=None), True)
             .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
             .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key()), False))
        if ca:
            b = b.add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
        else:
            b = b.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
            b = b.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            b = b.add_extension(x509.KeyUsage(True, False, True, False, False, False, False, False, False), True)
        if ocsp:
            b = b.add_extension(x509.AuthorityInformationAccess(
                [x509.AccessDescription(AIA.OCSP, x509.UniformResourceIdentifier("http://ocsp.lab-third.test/"))]), False)
        if hash_ == "sha1":  # pyca/cryptography no longer signs with SHA-1: openssl does it
            return self.sha1(b.sign(issuer_key or key, hashes.SHA256()), names)
        return b.sign(issuer_key or key, hashes.SHA256())

    def sha1(self, crt, names):
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization as s
        tmp = self.dir / "sha1"
        Path(f"{tmp}.ca.key").write_bytes(pem(self.int_key))
        Path(f"{tmp}.ca.crt").write_bytes(self.inter.public_bytes(s.Encoding.PEM))
        Path(f"{tmp}.pub").write_bytes(crt.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))
        Path(f"{tmp}.ext").write_text("subjectAltName=" + ",".join(f"DNS:{n}" for n in names)
                                      + "\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n")
        subprocess.run(["openssl", "req", "-new", "-key", f"{tmp}.ca.key", "-subj", f"/CN={names[0][:60]}", "-out", f"{tmp}.csr"], check=True)
        pem_ = subprocess.run(["openssl", "x509", "-req", "-sha1", "-in", f"{tmp}.csr", "-force_pubkey", f"{tmp}.pub", "-CA", f"{tmp}.ca.crt",
                               "-CAkey", f"{tmp}.ca.key", "-set_serial", str(crt.serial_number), "-days", "200", "-extfile", f"{tmp}.ext"],
                              capture_output=True, check=True).stdout
        return x509.load_pem_x509_certificate(pem_)

    def leaf(self, variant, name, names):
        """Write NAME.crt/.key for this variant; returns the leaf and the SPKI digest of leaf and issuer."""
        from cryptography.hazmat.primitives import hashes, serialization as s
        o = V.CERT[variant][1]
        kind = o.get("key", "p256")
        key = (self.rsa[int(kind[3:])] if kind.startswith("rsa") else
               ec_key(self.seed, "leaf", name))
        if o.get("name") == "wrong":
            names = ["standaard.hosting.test"]
        elif o.get("name") == "wildcard":
            names = [names[0], "*." + name.removeprefix("mx.")] if not name.startswith("mx") else [name, "*." + name.split(".", 1)[1]]
        issuer, ikey, extra = self.inter, self.int_key, [self.inter]
        if o.get("issuer") == "self":
            issuer, ikey, extra = None, None, []
        elif o.get("issuer") == "other":
            issuer, ikey, extra = self.bad, self.bad_key, []
        if o.get("chain") is False:
            extra = []
        h = o.get("hash")
        crt = self.make(name, key, issuer, ikey, names=names, start=o.get("start", -30), days=o.get("days", 200), hash_=h,
                        ocsp=bool(o.get("ocsp")))
        (self.dir / f"{name}.crt").write_bytes(b"".join(c.public_bytes(s.Encoding.PEM) for c in [crt] + extra))
        (self.dir / f"{name}.key").write_bytes(pem(key))
        if o.get("ocsp") in ("good", "bad"):
            from cryptography.x509 import ocsp as oc
            signer, scert = (self.int_key, self.inter) if o["ocsp"] == "good" else (self.bad_key, self.bad)
            resp = (oc.OCSPResponseBuilder().add_response(
                cert=crt, issuer=self.inter, algorithm=hashes.SHA1(), cert_status=oc.OCSPCertStatus.GOOD,
                this_update=NOW - DAY, next_update=NOW + 6 * DAY, revocation_time=None, revocation_reason=None)
                .responder_id(oc.OCSPResponderEncoding.HASH, scert).sign(signer, hashes.SHA256()))
            (self.dir / f"{name}.ocsp").write_bytes(resp.public_bytes(s.Encoding.DER))
        spki = lambda c: hashlib.sha256(c.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo)).hexdigest()
        return spki(crt), spki(self.inter)


# ------------------------------------------------------------------ zones
def txt(s):
    parts = [s[i:i + 250] for i in range(0, len(s), 250)]
    return " ".join('"' + p.replace("\\", "\\\\").replace('"', '\\"') + '"' for p in parts)


def caa_lines(kind):
    return {"good": ['0 issue "ca.lab-third.test"', '0 iodef "mailto:beveiliging@lab-third.test"'],
            "none": [], "iodef_only": ['0 iodef "mailto:x@lab-third.test"'],
            "unknown_tag": ['0 issue "ca.lab-third.test"', '0 tbs "unknown"'],
            "bad_iodef": ['0 issue "ca.lab-third.test"', '0 iodef "geen-url"'],
            "bad_flags": ['3 issue "ca.lab-third.test"'],
            "issuewild_only": ['0 issuewild "ca.lab-third.test"']}[kind]


def spf_records(kind, d, ip):
    inc = "v=spf1 include:spf.lab-third.test"
    return {"mx_all": ["v=spf1 mx -all"], "ip_all": [f"v=spf1 ip4:{ip} -all"], "include_ok": [inc + " mx -all"],
            "tilde": ["v=spf1 mx ~all"], "none": [], "question": ["v=spf1 mx ?all"], "plus": ["v=spf1 mx +all"],
            "two": ["v=spf1 mx -all", "v=spf1 a -all"], "syntax": [f"v=spf1 ip4:{ip} mx: -all ipv4=1.2.3.4;"],
            "lookups11": ["v=spf1 " + " ".join(f"include:s{k}.lab-third.test" for k in range(11)) + " -all"],
            "include_missing": ["v=spf1 include:bestaat-niet.lab-third.test -all"],
            "redirect_ok": ["v=spf1 redirect=spf.lab-third.test"], "no_all": [f"v=spf1 ip4:{ip}"]}[kind]


def dmarc_records(kind, name):
    return {"reject": [f"v=DMARC1; p=reject; rua=mailto:dmarc@{name}"], "quarantine": ["v=DMARC1; p=quarantine; sp=reject"],
            "none": [f"v=DMARC1; p=none; rua=mailto:dmarc@{name}"], "missing": [],
            "two": ["v=DMARC1; p=reject", "v=DMARC1; p=none"], "syntax": ["v=DMARC1; p=rejekt; pct=10"],
            "quarantine_test": ["v=DMARC1; p=quarantine; t=y"], "ext_ok": ["v=DMARC1; p=reject; rua=mailto:x@lab-third.test"],
            "ext_unauth": ["v=DMARC1; p=reject; rua=mailto:x@lab-unauth.test"]}[kind]


def tlsa_rows(kind, spki, issuer):
    other = hashlib.sha256(spki.encode()).hexdigest()
    return {"none": [], "ok311": [f"3 1 1 {spki}"], "mismatch": [f"3 1 1 {other}"], "rollover": [f"3 1 1 {spki}", f"3 1 1 {other}"],
            "ta211": [f"2 1 1 {issuer}"], "pkix_only": [f"1 1 1 {spki}"]}[kind]


def sign_and_write(job):
    """One zone: text -> (signed) zone file. Returns the DS text for the parent."""
    import dns.dnssec
    import dns.zone
    name, lines, how, seed, out = job
    text = "\n".join(lines) + "\n"
    if how == "insecure":
        Path(out, f"{name or 'root'}.zone").write_text(f"$ORIGIN {name}.\n" + text)
        return name, None
    origin = name + "." if name else "."
    zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
    key = ec_key(seed, "dnskey", name)
    dnskey = dns.dnssec.make_dnskey(key.public_key(), "ECDSAP256SHA256", flags=257)
    start, end = (NOW - 60 * DAY, NOW - DAY) if how == "bogus_expired" else (NOW - DAY, NOW + 30 * DAY)
    with zone.writer() as w:
        dns.dnssec.sign_zone(zone, w, keys=[(key, dnskey)], add_dnskey=True, dnskey_ttl=3600, inception=start, expiration=end,
                             deterministic=True)
    Path(out, f"{name or 'root'}.zone").write_text(zone.to_text(relativize=False))
    ds_key = dnskey if how != "bogus_ds" else dns.dnssec.make_dnskey(
        ec_key(seed, "wrong", name).public_key(), "ECDSAP256SHA256", flags=257)
    ds = dns.dnssec.make_ds(dns.name.from_text(origin), ds_key, "SHA256")
    return name, ds.to_text() if name else dnskey.to_text()


# ------------------------------------------------------------------ nginx
def q(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"').replace("$", "${dollar}") + '"'


def tls_file(tls, cert):
    """The settings file; weak certificates need OpenSSL's security level 0 on the server side."""
    return f"{tls}.l0.conf" if cert in ("sha1", "rsa1024") else f"{tls}.conf"


def tls_conf(name, out, level0=False):
    o = dict(V.TLS[name][1])
    if level0 and "SECLEVEL" not in o.get("ciphers", ""):
        o["ciphers"] = o.get("ciphers", V.GOOD12) + ":@SECLEVEL=0"
    lines = [f"ssl_protocols {o.get('protocols', 'TLSv1.2 TLSv1.3')};", f'ssl_ciphers "{o.get("ciphers", V.GOOD12)}";',
             f"ssl_prefer_server_ciphers {'off' if o.get('prefer') is False else 'on'};",
             f"ssl_ecdh_curve {o.get('curve', 'X25519:prime256v1:secp384r1')};", "ssl_session_cache off;"]
    if o.get("dh"):
        lines.append(f"ssl_dhparam {out}/{o['dh']}.pem;")
    conf = o.get("conf", [])
    if not any(c.startswith("SignatureAlgorithms") for c in conf):
        conf = conf + ["SignatureAlgorithms " + V.SIG]
    lines += [f"ssl_conf_command {c};" for c in conf]
    if o.get("early"):
        lines.append("ssl_early_data on;")
    return lines


def sectxt_body(kind, name):
    exp = NOW + {"expired": -5, "long_expiry": 900}.get(kind, 180) * DAY
    rows = [f"Contact: mailto:beveiliging@{name}", f"Expires: {exp.strftime('%Y-%m-%dT%H:%M:%SZ')}", "Preferred-Languages: nl, en",
            f"Canonical: https://{name}/.well-known/security.txt"]
    if kind == "no_contact":
        rows.pop(0)
    if kind == "no_expires":
        rows.pop(1)
    if kind == "http_contact":
        rows[0] = f"Contact: http://{name}/meld"
    if kind == "legacy_path":
        rows[3] = f"Canonical: https://{name}/security.txt"
    if kind == "redirect_central":
        rows[3] = "Canonical: https://central.lab-third.test/.well-known/security.txt"
    return "\n".join(rows) + "\n"


def page(d, body):
    soft = d["soft"] or ("", "")
    head = f'<meta name="generator" content="{soft[1]}">' if soft[0] == "gen" else ""
    head += f'<script src="{soft[1]}"></script>' if soft[0] == "js" else ""
    head += '<script src="https://cdn.lab-third.test/track.js"></script>' if d["third"] else ""
    return f"<!doctype html><html lang=nl><head><title>Gemeente {d['name']}</title>{head}</head><body>{body}</body></html>"


def nginx_web(d, out):
    """Server blocks of one domain."""
    name, ip, ip6 = d["name"], web_ip(d), web_ip6(d)
    if V.TLS[d["tls"]][1].get("odd"):
        return ""
    ip6 = None if d["v6"] in ("none", "unreach") else ip6
    soft = d["soft"] or ("", "")
    hdr = [f"more_set_headers {q('Server: ' + soft[1])};"] if soft[0] == "server" else []
    hdr += [f'add_header X-Powered-By "{soft[1]}" always;'] if soft[0] == "xpb" else []
    https = list(hdr)
    for h in d["hsts"]:
        https.append(f"add_header Strict-Transport-Security {q(h)} always;")
    for h, v in (("Content-Security-Policy", d["csp"]), ("X-Frame-Options", d["xfo"]), ("X-Content-Type-Options", d["xcto"]),
                 ("Referrer-Policy", d["refp"])):
        if v:
            https.append(f"add_header {h} {q(v)} always;")
    if d["cookie"] != "none":
        flags = "; Secure; HttpOnly; SameSite=Lax" if d["cookie"] == "ok" else ""
        https.append(f'add_header Set-Cookie "sessie=abc123; Path=/{flags}" always;')
    if d["gzip"]:
        https += ["gzip on;", "gzip_min_length 1;"]
    body = "<h1>Welkom bij de gemeente</h1><p>Producten en diensten, nieuws, bestuur, contact.</p>" * 3
    legacy = d["sectxt"] == "legacy_path"
    locs = []
    if d["sectxt"] == "html404as200":
        locs.append(f"location ~ security.txt {{ default_type text/html; return 200 {q(page(d, 'niet gevonden'))}; }}")
    elif d["sectxt"] == "redirect_central":
        locs.append("location = /.well-known/security.txt { return 302 https://central.lab-third.test/.well-known/security.txt; }")
    elif d["sectxt"] != "missing":
        ctype = "application/octet-stream" if d["sectxt"] == "wrong_type" else '"text/plain; charset=utf-8"'
        path = "/security.txt" if legacy else "/.well-known/security.txt"
        locs.append(f"location = {path} {{ default_type {ctype}; return 200 {q(sectxt_body(d['sectxt'], name))}; }}")
    locs.append("location ^~ /.well-known/ { return 404; }")
    locs.append("location = /security.txt { return 404; }" if not legacy else "")
    ssl = [f"include {out}/tls/{tls_file(d['tls'], d['cert'])};", f"ssl_certificate {out}/certs/{name}.crt;", f"ssl_certificate_key {out}/certs/{name}.key;"]
    if V.CERT[d["cert"]][1].get("ocsp") in ("good", "bad"):
        ssl += ["ssl_stapling on;", f"ssl_stapling_file {out}/certs/{name}.ocsp;"]
    red = {"r301": f"return 301 https://{name}$request_uri;", "r308": f"return 308 https://{name}$request_uri;",
           "none": f"location / {{ default_type text/html; return 200 {q(page(d, body))}; }}",
           "other_first": "return 301 https://central.lab-third.test/;",
           "chain_www": f"return 301 https://{name}$request_uri;",
           "to_http_other": "return 302 http://central.lab-third.test/;", "no80": ""}[d["redirect"]]
    blocks = []

    def https_block(listens, text):
        main = f"location / {{ default_type text/html; return 200 {q(page(d, text))}; }}"
        if d["redirect"] == "chain_www":
            main = f"location / {{ if ($host = {name}) {{ return 302 https://www.{name}/; }} default_type text/html; return 200 {q(page(d, text))}; }}"
        blocks.append("server { " + " ".join(f"listen {a}:443 ssl;" for a in listens) + f" server_name {name} www.{name};\n  "
                      + "\n  ".join(ssl + https + locs + [main]) + "\n}")

    def http_block(listens, text=None):
        if red and listens:
            r = red if text is None or d["redirect"] != "none" else f"location / {{ default_type text/html; return 200 {q(page(d, text))}; }}"
            blocks.append("server { " + " ".join(f"listen {a}:80;" for a in listens) + f" server_name {name} www.{name}; "
                          + " ".join(hdr) + " " + r + " }")

    v6 = [f"[{ip6}]"] if ip6 else []
    if d["v6"] == "diff":
        other = "<table><tr><td>Standaardpagina van de webserver, hier staat nog niets. 0123456789</td></tr></table>" * 9
        https_block([ip], body)
        https_block(v6, other)
        http_block([ip])
        http_block(v6, other)
    else:
        https_block([ip] + v6, body)
        http_block([ip] + (v6 if d["v6"] == "same" else []))
    return "\n".join(blocks)


# ------------------------------------------------------------------ gen
def gen(a):
    out = Path(a.dir).resolve()
    if (out / "pids.json").exists():
        sys.exit("this lab is up; run `down` first")
    for sub in ("zones", "certs", "tls", "run", "logs"):
        shutil.rmtree(out / sub, ignore_errors=True)
        (out / sub).mkdir(parents=True)
    t0 = time.time()
    pl = plan(a.seed, a.domains)
    pki = Pki(out, a.seed)
    doms = pl["domains"]
    # mail hosts, numbered
    mxs = [(m, p["zone"], p["dnssec"]) for p in pl["mxp"] for m in p["hosts"]]
    mxs += [(d["mx"], d["name"], d["dnssec"]) for d in doms if d["mail"] == "own"]
    num = {m["host"]: n for n, (m, _, _) in enumerate(mxs)}
    spki = {}
    for m, _, _ in mxs:
        spki[m["host"]] = pki.leaf(m["cert"], m["host"], [m["host"]])
    for d in doms:
        if d["cert"]:
            names = [d["name"], f"www.{d['name']}"] + ([n for n in asset_names(d)] if d["cert_sub"] else [])
            spki[d["name"]] = pki.leaf(d["cert"], d["name"], names)
    for n in ("default.lab-third.test", "central.lab-third.test"):
        pki.leaf("good", n, [n])
    t1 = time.time()
    # zones
    jobs = []
    parent = []  # delegations in .test

    def zone(name, k, lines, how):
        soa = [f"@ 3600 IN SOA ns1.{pl['ns'][k]['zone']}. hostmaster.{name}. 1 3600 900 1209600 300",
               f"@ 3600 IN NS ns1.{pl['ns'][k]['zone']}.", f"@ 3600 IN NS ns2.{pl['ns'][k]['zone']}."]
        jobs.append((name, soa + lines, how, a.seed, str(out / "zones")))
        parent.extend([f"{name}. 3600 IN NS ns{j}.{pl['ns'][k]['zone']}." for j in (1, 2)])

    def addr(owner, v4, v6):
        return ([f"{owner} 300 IN A {v4}"] if v4 else []) + ([f"{owner} 300 IN AAAA {v6}"] if v6 else [])

    def mx_lines(owner, m):
        n = num[m["host"]]
        rows = addr(owner, mx_ip(m, n), mx_ip6(m, n))
        rows += [f"_25._tcp.{owner} 300 IN TLSA {t}" for t in tlsa_rows(m["dane"], *spki[m["host"]])]
        return rows

    for k, p in enumerate(pl["ns"]):
        rows = [x for j in (1, 2) for x in addr(f"ns{j}", ns_ip(k, pl, j), ns_ip6(k, pl, j))]
        zone(p["zone"], k, rows, "secure")
        parent.extend([x for j in (1, 2) for x in addr(f"ns{j}.{p['zone']}.", ns_ip(k, pl, j), ns_ip6(k, pl, j))])
    for p in pl["mxp"]:
        rows = []
        for m in p["hosts"]:
            owner = m["host"].split(".")[0]
            rows += mx_lines(owner, m) + [f"{owner} 300 IN CAA {c}" for c in caa_lines(m["caa"])]
        zone(p["zone"], p["ns"], rows, p["dnssec"])
    web4 = "127.10.1.1"
    third = addr("cdn", web4, None) + addr("central", web4, None) + addr("ca", web4, None)
    third += [f'spf 300 IN TXT "v=spf1 ip4:127.20.0.0/16 -all"', "*._report._dmarc 300 IN TXT \"v=DMARC1;\""]
    third += [f's{k} 300 IN TXT "v=spf1 ip4:127.20.0.{k} -all"' for k in range(11)]
    zone("lab-third.test", 0, third, "secure")
    zone("lab-unauth.test", 0, addr("@", web4, None), "secure")
    for d in doms:
        ip, ip6 = web_ip(d), web_ip6(d)
        odd = V.TLS[d["tls"]][1].get("odd")
        rows = addr("@", ip, ip6) + addr("www", ip, ip6)
        if d["mail"] == "provider":
            rows += [f"@ 300 IN MX {10 * j} {m['host']}." for j, m in enumerate(pl["mxp"][d["mxp"]]["hosts"], 1)]
        elif d["mail"] == "own":
            rows += [f"@ 300 IN MX 10 mx.{d['name']}."] + mx_lines("mx", d["mx"])
        elif d["mail"] == "null_mx":
            rows.append("@ 300 IN MX 0 .")
        spf = ["v=spf1 -all"] if d["mail"] == "no_mx_spf" else spf_records(d["spf"], d, ip)
        rows += [f"@ 300 IN TXT {txt(s)}" for s in spf] + ['@ 300 IN TXT "lab-site-verification=abcdef"']
        rows += [f"_dmarc 300 IN TXT {txt(s)}" for s in dmarc_records(d["dmarc"], d["name"])]
        if d["dkim"] == "ent":
            rows.append("s1._domainkey 300 IN TXT " + txt("v=DKIM1; k=rsa; p=" + base64.b64encode(hashlib.sha512(d["name"].encode()).digest() * 4).decode()))
        rows += [f"@ 300 IN CAA {c}" for c in caa_lines(d["caa"])]
        if d["cert"]:
            rows += [f"_443._tcp 300 IN TLSA {t}" for t in tlsa_rows(d["dane"], *spki[d["name"]])]
        rows += [x for s in d["subs"] for x in addr(s, "127.30.0.1", None)]
        if d["port"]:
            rows += addr(d["port"], f"127.30.{d['i'] // 250 + 1}.{d['i'] % 250 + 1}", None)
        if d["dangling"]:
            rows.append("oud 300 IN CNAME verlopen-app.cloud-weg.test.")
        zone(d["name"], d["ns"], rows, d["dnssec"])
    with multiprocessing.Pool() as pool:
        ds = dict(pool.map(sign_and_write, jobs, chunksize=20))
    t2 = time.time()
    rows = ["@ 3600 IN SOA ns.test. hostmaster.test. 1 3600 900 1209600 300", "@ 3600 IN NS ns.test.", f"ns.test. 3600 IN A {TLD_NS}"]
    rows += parent + [f"{n}. 3600 IN DS {x}" for n, x in ds.items() if x]
    _, tld_ds = sign_and_write(("test", rows, "secure", a.seed, str(out / "zones")))
    rows = ["@ 3600 IN SOA a.root. hostmaster.root. 1 3600 900 1209600 300", "@ 3600 IN NS a.root.", f"a.root. 3600 IN A {ROOT_NS}",
            "test. 3600 IN NS ns.test.", f"ns.test. 3600 IN A {TLD_NS}", f"test. 3600 IN DS {tld_ds}"]
    _, root_key = sign_and_write(("", rows, "secure", a.seed, str(out / "zones")))
    (out / "root.key").write_text(f". 3600 IN DNSKEY {root_key}\n")
    (out / "root.hints").write_text(f". 3600 IN NS a.root.\na.root. 3600 IN A {ROOT_NS}\n")
    t3 = time.time()
    write_configs(out, pl, mxs, num, [j[0] for j in jobs])
    # data files
    bgp, vrps = [], []
    for base, asn in ((10, 64500), (20, 64520), (53, 64553)):
        for o, pool in enumerate(POOLS):
            for pfx in (f"127.{base + o}.0.0/16", f"fd00:ea5:{base + o}::/48"):
                bgp.append((pfx, asn + o))
                if pool == "valid":
                    vrps.append(dict(prefix=pfx, maxLength=int(pfx.split("/")[1]), asn=f"AS{asn + o}", ta="lab"))
                elif pool == "invalid":
                    vrps.append(dict(prefix=pfx, maxLength=int(pfx.split("/")[1]), asn="AS64999", ta="lab"))
    bgp.append(("fd00:ea5:dead::/48", 64500))
    vrps.append(dict(prefix="fd00:ea5:dead::/48", maxLength=48, asn="AS64500", ta="lab"))
    r = Rng(a.seed, "vrps")  # noise: the world's other ROAs
    for _ in range(20000):
        n = ipaddress.ip_network((r.getrandbits(24) << 8, 24))
        if not n.is_loopback:
            vrps.append(dict(prefix=str(n), maxLength=24, asn=f"AS{r.randint(1, 64000)}", ta="lab"))
    (out / "bgp.tsv").write_text("".join(f"{p}\t{s}\t300\n" for p, s in bgp))
    (out / "vrps.json").write_text(json.dumps(dict(metadata={}, roas=vrps)))
    (out / "advisories.json").write_text(json.dumps(V.ADVISORIES, indent=1))
    with (out / "ct.jsonl").open("w") as f:
        for d in doms:
            if d["cert"] and d["cert_sub"]:
                f.write(json.dumps(dict(names=[d["name"], f"www.{d['name']}"] + asset_names(d))) + "\n")
    truth = dict(seed=a.seed, domains={d["name"]: truth_of(pl, d) for d in doms})
    (out / "truth.json").write_text(json.dumps(truth, indent=0, sort_keys=True))
    (out / "targets.txt").write_text("".join(d["name"] + "\n" for d in doms))
    (out / "lab.json").write_text(json.dumps(dict(resolver=RESOLVER, seed=a.seed, domains=a.domains, mail_hosts=len(mxs),
                                                   truth_sha256=hashlib.sha256((out / "truth.json").read_bytes()).hexdigest()), indent=1))
    print(f"{a.domains} domains, {len(mxs)} mail hosts, {len(jobs)} zones; certs {t1 - t0:.1f}s, signing {t2 - t1:.1f}s, "
          f"parents {t3 - t2:.1f}s, rest {time.time() - t3:.1f}s; truth {json.loads((out / 'lab.json').read_text())['truth_sha256'][:16]}")


def write_configs(out, pl, mxs, num, zones):
    for name in V.TLS:
        (out / "tls" / f"{name}.conf").write_text("\n".join(tls_conf(name, out)) + "\n")
        (out / "tls" / f"{name}.l0.conf").write_text("\n".join(tls_conf(name, out, True)) + "\n")
    for g in ("ffdhe2048", "ffdhe3072"):
        (out / f"{g}.pem").write_bytes(subprocess.run(["openssl", "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", f"group:{g}"],
                                                      capture_output=True, check=True).stdout)
    if not (out / "own1024.pem").exists():
        subprocess.run(["openssl", "dhparam", "-dsaparam", "-out", str(out / "own1024.pem"), "1024"], capture_output=True, check=True)
    # knot: one instance for the root and .test, one for the rest
    ips = sorted({ip for k in range(len(pl["ns"])) for j in (1, 2) for ip in (ns_ip(k, pl, j), ns_ip6(k, pl, j)) if ip and "dead" not in ip})
    tmpl = "template:\n  - id: default\n    storage: {z}\n    zonefile-load: whole\n    journal-content: none\n    semantic-checks: off\n"
    for inst, listen, names in (("top", [ROOT_NS, TLD_NS], ["", "test"]), ("leaf", ips, zones)):
        text = f"server:\n  rundir: {out}/run/{inst}\n  udp-workers: 1\n  tcp-workers: 1\n  background-workers: 2\n"
        text += "".join(f"  listen: {ip}@53\n" for ip in listen)
        text += f"database:\n  storage: {out}/run/{inst}\nlog:\n  - target: {out}/logs/knot-{inst}.log\n    any: warning\n"
        text += tmpl.format(z=out / "zones") + "zone:\n"
        text += "".join(f"  - domain: {n}.\n    file: {n or 'root'}.zone\n" for n in names)
        (out / "run" / inst).mkdir(exist_ok=True)
        (out / f"knot-{inst}.conf").write_text(text)
    (out / "unbound.conf").write_text(f"""server:
  directory: "{out}"
  chroot: ""
  username: ""
  pidfile: "{out}/run/unbound.pid"
  interface: {RESOLVER}
  access-control: 127.0.0.0/8 allow_setrd
  do-daemonize: no
  use-syslog: no
  logfile: "{out}/logs/unbound.log"
  verbosity: 0
  num-threads: 1
  do-not-query-localhost: no
  root-hints: "{out}/root.hints"
  trust-anchor-file: "{out}/root.key"
  local-zone: "test." nodefault
  module-config: "validator iterator"
  ede: yes
  qname-minimisation: yes
  aggressive-nsec: no
  outgoing-range: 2048
  num-queries-per-thread: 4096
  msg-cache-size: 256m
  rrset-cache-size: 256m
  infra-cache-numhosts: 50000
  so-rcvbuf: 4m
  cache-max-negative-ttl: 300
remote-control:
  control-enable: yes
  control-interface: {out}/run/unbound.ctl
  control-use-cert: no
""")
    # nginx
    head = f"""user root;
worker_processes 1;
pid {out}/run/nginx.pid;
error_log {out}/logs/nginx.log crit;
include /etc/nginx/modules-enabled/*.conf;
events {{ worker_connections 8192; multi_accept on; }}
"""
    web, seen = [], {}
    for d in pl["domains"]:
        if V.TLS[d["tls"]][1].get("odd"):
            continue
        for ip in (web_ip(d), web_ip6(d) if d["v6"] not in ("none", "unreach") else None):
            if ip:
                seen[(ip, 443)] = d["tls"]
                if d["redirect"] != "no80" and not (":" in ip and d["v6"] == "only443"):
                    seen[(ip, 80)] = None
    seen[("127.10.1.1", 443)], seen[("127.10.1.1", 80)] = "good", None
    crt = f"ssl_certificate {out}/certs/default.lab-third.test.crt; ssl_certificate_key {out}/certs/default.lab-third.test.key;"
    for (ip, port), tls in sorted(seen.items(), key=str):
        host = f"[{ip}]" if ":" in ip else ip
        inc = f"include {out}/tls/{tls}.conf; {crt}" if port == 443 and not V.TLS[tls][3] else ""
        if port == 443 and V.TLS[tls][3]:
            any_rsa = next(d["name"] for d in pl["domains"] if d["tls"] == tls)
            inc = f"include {out}/tls/{tls}.conf; ssl_certificate {out}/certs/{any_rsa}.crt; ssl_certificate_key {out}/certs/{any_rsa}.key;"
        web.append(f"server {{ listen {host}:{port} {'ssl ' if port == 443 else ''}default_server backlog=4096; server_name _; {inc} return 421; }}")
    c = "central.lab-third.test"
    web.append(f"""server {{ listen 127.10.1.1:80; listen 127.10.1.1:443 ssl; server_name {c} cdn.lab-third.test; include {out}/tls/good.conf;
  ssl_certificate {out}/certs/{c}.crt; ssl_certificate_key {out}/certs/{c}.key;
  location = /.well-known/security.txt {{ default_type "text/plain; charset=utf-8"; return 200 {q(sectxt_body('redirect_central', c))}; }}
  location / {{ default_type text/html; return 200 "<html><body>centraal</body></html>"; }} }}""")
    web += [nginx_web(d, out) for d in pl["domains"]]
    mail = []
    for m, _, _ in mxs:
        if m["link"] == "closed":
            continue
        n = num[m["host"]]
        ips4 = [mx_ip(m, n)] + ([f"[{mx_ip6(m, n)}]"] if m["v6"] == "same" else [])
        ssl = (f"starttls on; include {out}/tls/{tls_file(m['tls'], m['cert'])}; ssl_certificate {out}/certs/{m['host']}.crt; "
               f"ssl_certificate_key {out}/certs/{m['host']}.key;" if m["link"] == "starttls" else "")
        mail.append("server { " + " ".join(f"listen {x}:25;" for x in ips4) + f" server_name {m['host']}; protocol smtp; smtp_auth none; {ssl} }}")
    (out / "nginx.conf").write_text(head + f"""http {{
  access_log off; server_tokens off; keepalive_timeout 15; server_names_hash_max_size 32768; server_names_hash_bucket_size 128;
  client_body_temp_path {out}/run/b; proxy_temp_path {out}/run/p; fastcgi_temp_path {out}/run/f; uwsgi_temp_path {out}/run/u; scgi_temp_path {out}/run/s;
  geo $dollar {{ default "$"; }}
""" + "\n".join(web) + "\n}\n")
    (out / "nginx-mail.conf").write_text(head.replace("nginx.pid", "nginx-mail.pid").replace("nginx.log", "nginx-mail.log")
                                         + "mail {\n auth_http 127.0.0.1:9/none; proxy_pass_error_message on;\n" + "\n".join(mail) + "\n}\n")
    odd = []
    for d in pl["domains"]:
        kind = V.TLS[d["tls"]][1].get("odd")
        if kind and kind != "closed":
            odd.append(dict(kind=kind, ip=web_ip(d), name=d["name"]))
    ports = [dict(ip=f"127.30.{d['i'] // 250 + 1}.{d['i'] % 250 + 1}", port=p[1], hello=p[2].decode("latin1"))
             for d in pl["domains"] if d["port"] for p in V.PORTS if p[0] == d["port"]]
    (out / "odd.json").write_text(json.dumps(dict(tls=odd, ports=ports, certs=str(out / "certs"))))


# ------------------------------------------------------------------ up / down / run
def sh(*cmd):
    return subprocess.run(cmd, capture_output=True, text=True)


def up(a):
    out = Path(a.dir).resolve()
    if (out / "pids.json").exists():
        sys.exit("already up (pids.json)")
    if sh("ip", "netns", "add", a.netns).returncode and a.netns not in sh("ip", "netns", "list").stdout.split():
        sys.exit("cannot make the network namespace; run as root with iproute2 installed")
    ns = ["ip", "netns", "exec", a.netns]
    for c in ("ip link set lo up", "ip -6 route add local fd00:ea5::/32 dev lo", "ip -6 route add unreachable fd00:ea5:dead::/48 dev lo",
              "sysctl -qw net.ipv6.ip_nonlocal_bind=1", "sysctl -qw net.ipv4.ip_local_port_range=10000 65000",
              "sysctl -qw net.core.somaxconn=8192", "sysctl -qw net.ipv4.tcp_max_syn_backlog=8192", "sysctl -qw net.ipv4.tcp_tw_reuse=1"):
        parts = c.split(" ", 2) if c.startswith("sysctl") else c.split()
        sh(*ns, *parts)
    sh(*ns, "ip", "-6", "route", "del", "local", "fd00:ea5:dead::/48", "dev", "lo")
    etc = Path("/etc/netns") / a.netns
    etc.mkdir(parents=True, exist_ok=True)
    (etc / "resolv.conf").write_text(f"nameserver {RESOLVER}\noptions edns0 trust-ad\n")
    (etc / "hosts").write_text("127.0.0.1 localhost\n")
    procs = {}
    pre = ns + (["taskset", "-c", a.cpu] if a.cpu else [])
    lim = "ulimit -n $(ulimit -Hn); exec "
    for name, cmd in (("knot-top", f"/usr/sbin/knotd -c {out}/knot-top.conf"), ("knot-leaf", f"/usr/sbin/knotd -c {out}/knot-leaf.conf"),
                      ("unbound", f"/usr/sbin/unbound -d -c {out}/unbound.conf"),
                      ("nginx", f"/usr/sbin/nginx -c {out}/nginx.conf -g 'daemon off;'"),
                      ("nginx-mail", f"/usr/sbin/nginx -c {out}/nginx-mail.conf -g 'daemon off;'"),
                      ("odd", f"{sys.executable} {HERE}/odd_tls.py {out}/odd.json")):
        log = (out / "logs" / f"{name}.out").open("w")
        procs[name] = subprocess.Popen(pre + ["bash", "-c", lim + cmd], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                       start_new_session=True).pid
    (out / "pids.json").write_text(json.dumps(procs))
    first = (out / "targets.txt").read_text().split()[0]
    t0 = time.time()
    while time.time() - t0 < 90:
        r = sh(*ns, "dig" if shutil.which("dig") else "kdig", f"@{RESOLVER}", "lab-third.test", "SOA", "+dnssec", "+time=2")
        w = sh(*ns, "bash", "-c", "exec 3<>/dev/tcp/127.10.1.1/443")
        if " ad" in r.stdout and w.returncode == 0:
            print(f"up in {time.time() - t0:.1f}s; resolver {RESOLVER} in namespace {a.netns}; try: easmlab.py run --netns {a.netns} -- kdig {first}")
            return
        dead = [n for n, p in procs.items() if not Path(f"/proc/{p}").exists()]
        if dead:
            print("ended early:", dead, "- see", out / "logs")
            break
        time.sleep(.5)
    print("not ready; see", out / "logs")
    sys.exit(1)


def down(a):
    out = Path(a.dir).resolve()
    f = out / "pids.json"
    if f.exists():
        for name, pid in json.loads(f.read_text()).items():
            try:
                os.killpg(pid, signal.SIGTERM)  # each was started as a session of its own
            except ProcessLookupError:
                pass
        time.sleep(1)
        f.unlink()
    sh("ip", "netns", "del", a.netns)
    shutil.rmtree(Path("/etc/netns") / a.netns, ignore_errors=True)


def run(a):
    os.execvp("ip", ["ip", "netns", "exec", a.netns] + a.command)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    s = p.add_subparsers(dest="cmd", required=True)
    for name, fn in (("gen", gen), ("up", up), ("down", down), ("run", run)):
        c = s.add_parser(name)
        c.add_argument("--dir", default="lab")
        c.set_defaults(fn=fn)
        if name == "gen":
            c.add_argument("--seed", default="public")
            c.add_argument("--domains", type=int, default=2000)
        if name != "gen":
            c.add_argument("--netns", default=NETNS, help="its network namespace: another name for another lab beside it")
        if name == "up":
            c.add_argument("--cpu", help="pin the servers to this core")
        if name == "run":
            c.add_argument("command", nargs=argparse.REMAINDER)
    a = p.parse_args()
    if a.cmd == "run" and a.command[:1] == ["--"]:
        a.command = a.command[1:]
    a.fn(a)


if __name__ == "__main__":
    main()
