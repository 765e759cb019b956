// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessible_read_out.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace lori::ui {
namespace {

/// Child object of an own-painted widget that carries what the accessible interface needs.
class ReadOutSource final : public QObject {
public:
    ReadOutSource(QWidget* widget, QAccessible::Role role, std::function<QString()> readOut)
        : QObject(widget), m_role(role), m_readOut(std::move(readOut))
    {
        setObjectName(QStringLiteral("readOutSource"));
    }
    [[nodiscard]] QAccessible::Role role() const { return m_role; }
    [[nodiscard]] QString text() const { return m_readOut(); }

private:
    QAccessible::Role m_role;
    std::function<QString()> m_readOut;
};

ReadOutSource* sourceOf(const QObject* widget)
{
    for (QObject* child : widget->children()) {
        if (auto* source = dynamic_cast<ReadOutSource*>(child)) {
            return source;
        }
    }
    return nullptr;
}

class ReadOutInterface final : public QAccessibleWidget {
public:
    ReadOutInterface(QWidget* widget, QAccessible::Role role) : QAccessibleWidget(widget, role) {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const ReadOutSource* source = kind == QAccessible::Value ? sourceOf(widget()) : nullptr;
        return source != nullptr ? source->text() : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    const ReadOutSource* source = widget != nullptr ? sourceOf(widget) : nullptr;
    return source != nullptr ? new ReadOutInterface(widget, source->role()) : nullptr; // Qt's accessible cache owns it
}

} // namespace

void exposeReadOut(QWidget* widget, QAccessible::Role role, std::function<QString()> readOut)
{
    new ReadOutSource(widget, role, std::move(readOut));
    QAccessible::installFactory(makeInterface); // a second installation of the same function does nothing
}

} // namespace lori::ui
