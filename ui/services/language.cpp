// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/language.h"

#include <QCoreApplication>
#include <QLocale>

namespace lori::ui {

Language::~Language()
{
    if (QCoreApplication::instance() != nullptr) {
        QCoreApplication::removeTranslator(&m_translator);
    }
}

void Language::use(const QString& locale)
{
    const QLocale chosen = locale.isEmpty() ? QLocale::system() : QLocale(locale);
    QLocale::setDefault(chosen);
    QCoreApplication::removeTranslator(&m_translator);
    const bool chinese = chosen.language() == QLocale::Chinese;
    if (chinese && m_translator.load(QStringLiteral(":/i18n/lori_zh_CN.qm"))) {
        QCoreApplication::installTranslator(&m_translator);
    } else if (!chinese && m_translator.load(QStringLiteral(":/i18n/lori_en.qm"))) { // plural forms
        QCoreApplication::installTranslator(&m_translator);
    }
}

} // namespace lori::ui
