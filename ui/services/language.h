// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

namespace lori::ui {

/// The language of the window; a change takes effect at once (every widget gets QEvent::LanguageChange).
class Language final {
public:
    Language() = default;
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;
    ~Language();

    /// "en", "zh_CN", or "" for that of the system. Also sets the default locale for numbers and dates.
    void use(const QString& locale);

private:
    QTranslator m_translator;
};

} // namespace lori::ui
