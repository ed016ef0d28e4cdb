"""Words people head their columns with, beyond the catalogue's aliases, in the languages lists come in."""

from accountplanner.domain.fields import Field
from accountplanner.exchange.tables.mapping import folded

_WORDS = {
    "name": "firma, firmenname, kunde, kundenname, organisation, organization, company name, société, raison sociale, "
    "empresa, cliente, azienda, ragione sociale, bedrijf, naam, bezeichnung, account name",
    "number": "kundennummer, kundennr, kd nr, nr, nummer, no, code, key, customer code, debitor, debitorennummer, "
    "cust no, cust nr, cust id, customer nr, client no, debitorennr, "
    "artikelnummer, lieferantennummer, numéro client",
    "address": "straße, strasse, anschrift, adresse, rue, dirección, indirizzo, straat, address line 1, street and number",
    "city": "ort, stadt, ville, ciudad, città, plaats, locality, place",
    "region": "bundesland, kanton, département, provincia, district",
    "postal_code": "postleitzahl, code postal, codice postale, cap, código postal, cp, postal",
    "country": "staat, pays, país, paese, country name, country code",
    "phone": "telefon, telefonnummer, rufnummer, fon, téléphone, teléfono, telefono, tel no, mobile phone, direct dial",
    "fax": "faxnummer, télécopie",
    "email": "e mail adresse, emailadresse, courriel, correo, posta elettronica",
    "website": "webseite, internet, site web, sitio web, web site, www",
    "industry": "branche, secteur, settore, line of business",
    "employees": "mitarbeiter, headcount, staff, number of employees",
    "revenue": "umsatz, turnover, sales volume, chiffre d'affaires",
    "title": "funktion, titel, role, poste, cargo, job function",
    "mobile": "mobil, mobiltelefon, portable, móvil, cellulare",
    "extension": "durchwahl, phone extension",
    "order_number": "auftrag, auftragsnummer, bestellnummer, order number",
    "ordered_on": "auftragsdatum, bestelldatum, datum, date, purchase date",
    "invoice_number": "rechnung, rechnungsnummer, rechnungsnr, facture, numéro de facture, factura, fattura",
    "invoiced_on": "rechnungsdatum, date de facture, fecha de factura",
    "due_on": "fällig, fällig am, fälligkeit, zahlungsziel, échéance, vencimiento, scadenza",
    "paid_on": "bezahlt, bezahlt am, zahlungsdatum, payé le, pagado el",
    "quantity": "menge, anzahl, stück, quantité, cantidad, units sold",
    "unit_price": "preis, einzelpreis, stückpreis, prix, precio, prezzo",
    "list_price": "listenpreis, preis",
    "amount": "betrag, summe, gesamt, net amount, line amount, value",
    "discount": "rabatt, remise, descuento, sconto",
    "description": "beschreibung, details",
    "unit": "einheit, verpackung, pack size",
    "partner.contact_name": "ansprechpartner, kontakt",
    "account": "company, company name, account, account name, account number, customer, customer name, customer number, "
    "customer id, customer no, cust no, cust nr, cust id, customer nr, client no, client, organisation, organization, "
    "firma, kunde, kundenname, kundennummer, kd nr, debitor",
    "contact": "contact name, contact person, contact email, person, e mail, email, email address, ansprechpartner, "
    "kontakt, empfänger, kontaktperson",
    "offering": "product, product name, article, item, sku, product number, artikel, produkt, artikelnummer",
    "competitor": "lost to, rival, wettbewerber, konkurrent",
    "colleague": "sales rep, rep, account manager, mitarbeiter, bearbeiter, verantwortlich",
    "case.title": "betreff, beschwerde, vorgang, reklamation, anliegen",
    "case.number": "fallnummer, vorgangsnummer, ticketnummer, reklamationsnummer",
    "case.opened_on": "eröffnet, eröffnet am, gemeldet am, datum, angelegt am",
    "case.closed_on": "geschlossen, geschlossen am, erledigt am, gelöst am",
    "case.dispute": "strittig, streitfall, reklamation ja nein",
    "touch.subject": "betreff, kampagne, aktion",
    "touch.happened_on": "datum, versandt am, gesendet am, besucht am",
    "touch.material": "unterlage, broschüre, werbemittel",
    "feedback.words": "rückmeldung, kommentar, aussage",
    "feedback.said_on": "datum, befragt am",
    "action.title": "aufgabe, maßnahme, zusage",
    "action.due_on": "fällig, fällig am, bis wann, termin",
    "contact.name": "ansprechpartner, kontakt, kontaktperson, contact person, interlocuteur, contacto",
}
FIRST_NAME = frozenset(
    map(folded, ("first name", "given name", "vorname", "prénom", "nombre de pila", "nome", "first"))
)
LAST_NAME = frozenset(
    map(
        folded,
        ("last name", "surname", "family name", "nachname", "familienname", "nom", "apellido", "cognome", "last"),
    )
)
_NAMES_OF_PEOPLE = frozenset({"contact.name", "colleague.name"})
_FOLDED = {key: frozenset(folded(word) for word in words.split(",")) for key, words in _WORDS.items()}


def further_words(field: Field) -> frozenset[str]:
    """Folded headers that also mean this field, of this kind or of any."""
    own = _FOLDED.get(field.id, frozenset())
    # What a firm is called is the name of nobody who works there.
    return own if field.id in _NAMES_OF_PEOPLE else own | _FOLDED.get(field.key, frozenset())
