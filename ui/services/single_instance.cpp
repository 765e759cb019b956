// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/single_instance.h"

#include "core/support/descriptor.h"
#include "core/support/result.h"
#include "core/support/sha256.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace lori::ui {

namespace {

constexpr qsizetype kMostBytes = 1 << 20;
constexpr int kRequestMs = 5000; ///< for a later start to say what it wants
constexpr int kRetryMs = 50;

/// The session's folder for such things: ours, and nobody else can enter it. "" when there is none.
QString runtimeFolder()
{
    const QByteArray folder = qgetenv("XDG_RUNTIME_DIR");
    struct stat facts {};
    const bool isOurs = !folder.isEmpty() && ::stat(folder.constData(), &facts) == 0 && S_ISDIR(facts.st_mode) &&
                        facts.st_uid == ::getuid() && (facts.st_mode & 077U) == 0;
    return isOurs ? QFile::decodeName(folder) : QString();
}

QString socketFor(const Home& home)
{
    std::error_code ignored;
    const std::filesystem::path root = std::filesystem::weakly_canonical(home.root, ignored);
    const QString name = QStringLiteral("lori-workbench-%1").arg(QString::fromStdString(sha256Hex(root.string())).left(16));
    const QString runtime = runtimeFolder();
    const QString folder = runtime.isEmpty() ? QString::fromStdString(root.string()) : runtime;
    const QString file = folder + QLatin1Char('/') + name;
    return static_cast<std::size_t>(QFile::encodeName(file).size()) < sizeof(sockaddr_un::sun_path) ? file : QString();
}

sockaddr_un addressOf(const QString& file)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(file);
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    return address;
}

QByteArray encoded(const StartRequest& request)
{
    const QJsonObject object{{QStringLiteral("files"), QJsonArray::fromStringList(request.files)},
                             {QStringLiteral("run"), request.run}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<StartRequest> decoded(const QByteArray& line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject()) {
        return std::nullopt;
    }
    StartRequest request;
    for (const QJsonValue& file : document.object().value(QStringLiteral("files")).toArray()) {
        if (QFileInfo(file.toString()).isAbsolute()) {
            request.files << file.toString();
        }
    }
    request.run = document.object().value(QStringLiteral("run")).toString();
    return request;
}

bool waitFor(int descriptor, short what, int ms)
{
    pollfd asked{descriptor, what, 0};
    return ms > 0 && ::poll(&asked, 1, ms) == 1;
}

/// Tells the other window. False when it does not listen, or says nothing in time.
bool handOver(const QString& socket, const StartRequest& request, int patienceMs)
{
    QElapsedTimer clock;
    clock.start();
    const auto left = [&] {
        return static_cast<int>(patienceMs - clock.elapsed());
    };
    const sockaddr_un address = addressOf(socket);
    while (left() > 0) {
        const Descriptor line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            QThread::msleep(kRetryMs); // it has the lock already, and will listen in a moment
            continue;
        }
        const QByteArray text = encoded(request);
        for (qsizetype sent = 0; sent < text.size();) {
            const ssize_t n = waitFor(line.get(), POLLOUT, left())
                                  ? ::send(line.get(), text.constData() + sent, static_cast<std::size_t>(text.size() - sent),
                                           MSG_NOSIGNAL | MSG_DONTWAIT)
                                  : -1;
            if (n <= 0) {
                return false;
            }
            sent += n;
        }
        char answer = 0;
        return waitFor(line.get(), POLLIN, left()) && ::recv(line.get(), &answer, 1, 0) == 1 && answer == 'k';
    }
    return false;
}

bool isSamePerson(int descriptor)
{
    ucred other{};
    socklen_t size = sizeof other;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &other, &size) == 0 && other.uid == ::getuid();
}

/// One later start on the line: reads its request, answers, and is gone.
class Caller final : public QObject {
public:
    Caller(int descriptor, std::function<void(const StartRequest&)> taken, QObject* parent)
        : QObject(parent), m_line(descriptor), m_notifier(descriptor, QSocketNotifier::Read), m_taken(std::move(taken))
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] { read(); });
        QTimer::singleShot(kRequestMs, this, &QObject::deleteLater);
    }

private:
    void read()
    {
        char piece[4096];
        const ssize_t n = ::recv(m_line.get(), piece, sizeof piece, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        m_text.append(piece, std::max<ssize_t>(n, 0));
        const qsizetype end = m_text.indexOf('\n');
        if (n > 0 && end < 0 && m_text.size() < kMostBytes) {
            return;
        }
        m_notifier.setEnabled(false);
        deleteLater();
        if (const auto request = end < 0 ? std::nullopt : decoded(m_text.left(end))) {
            ::send(m_line.get(), "k", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
            m_taken(*request);
        }
    }

    Descriptor m_line;
    QSocketNotifier m_notifier; ///< goes before the line
    std::function<void(const StartRequest&)> m_taken;
    QByteArray m_text;
};

} // namespace

SingleInstance::SingleInstance(const Home& home, QObject* parent) : QObject(parent), m_socket(socketFor(home)) {}

SingleInstance::~SingleInstance()
{
    if (m_listening >= 0) {
        delete m_notifier;
        ::close(m_listening);
        ::unlink(QFile::encodeName(m_socket).constData());
    }
}

SingleInstance::Role SingleInstance::begin(const StartRequest& request, int patienceMs)
{
    if (m_socket.isEmpty()) {
        return Role::Alone;
    }
    const auto lock = guard([this] {
        std::filesystem::create_directories(std::filesystem::path(m_socket.toStdString()).parent_path());
        return std::make_shared<std::optional<jobs::FileLock>>(jobs::FileLock::tryTake(m_socket.toStdString() + ".lock"));
    });
    if (!lock) {
        return Role::Alone;
    }
    if (lock->get()->has_value()) {
        m_lock = std::move(*lock->get());
        return listen() ? Role::First : Role::Alone;
    }
    return handOver(m_socket, request, patienceMs) ? Role::HandedOver : Role::Alone;
}

bool SingleInstance::listen()
{
    const QByteArray path = QFile::encodeName(m_socket);
    ::unlink(path.constData()); // a killed window left it: whoever lives has the lock
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        return false;
    }
    const sockaddr_un address = addressOf(m_socket);
    constexpr int kWaiting = 16;
    if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::chmod(path.constData(), S_IRUSR | S_IWUSR) != 0 || ::listen(descriptor, kWaiting) != 0) {
        ::close(descriptor);
        return false;
    }
    m_listening = descriptor;
    m_notifier = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SingleInstance::accept);
    return true;
}

void SingleInstance::accept()
{
    const int line = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (line < 0) {
        return;
    }
    if (!isSamePerson(line)) {
        ::close(line);
        return;
    }
    new Caller(
        line, [this](const StartRequest& request) { Q_EMIT asked(request); }, this);
}

} // namespace lori::ui
