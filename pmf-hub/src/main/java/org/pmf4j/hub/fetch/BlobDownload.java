package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * Fetches one file's content to where it belongs: into a part beside it, which the next run goes on
 * with, and which takes the content's name when its hash is right. The part is called otherwise
 * than Python's ({@code .incomplete}): both may fetch the same file at once ({@link BlobLock}), and
 * must not write into one. For one thread at a time.
 */
final class BlobDownload {
  private static final String PART = ".pmf.incomplete";
  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;
  private static final double MEGABYTE = 1e6;

  private final HubClient client;
  private final Refusals refusals;
  private final SnapshotFolder folder;
  private final Duration longest;
  private final FetchListener listener;

  /**
   * Downloads of one model.
   *
   * @param longest that a download may stand still
   */
  BlobDownload(
      HubClient client,
      Refusals refusals,
      SnapshotFolder folder,
      Duration longest,
      FetchListener listener) {
    this.client = client;
    this.refusals = refusals;
    this.folder = folder;
    this.longest = longest;
    this.listener = listener;
  }

  /**
   * Fetches a file whose lock is held.
   *
   * @param address of the hub, which is asked anew for every try: where it leads to may end soon
   * @return how many bytes came over the network
   * @throws PmfException if it cannot be had, or is not what the hub's hash says
   */
  long fetch(RemoteFile file, URI address) {
    Path blob = folder.blob(file.etag());
    AtomicFile.createFolders(blob.getParent());
    Path part = blob.resolveSibling(file.etag() + PART);
    long before = usable(part, file);
    requireSpace(file, before);
    long received = 0;
    try (FetchListener.Transfer shown =
        listener.begin(file.name(), file.size().orElse(0), before)) {
      if (!Files.exists(part) || before != file.size().orElse(-1)) {
        received = new Run(file, address, part, shown, before).toTheEnd();
      }
    }
    verify(file, part);
    AtomicFile.move(part, blob);
    return received;
  }

  /** How much of a part of an earlier run can be gone on with; what cannot is removed. */
  private static long usable(Path part, RemoteFile file) {
    try {
      long there = Files.exists(part) ? Files.size(part) : 0;
      if (there > file.size().orElse(0)) {
        Files.delete(part);
        return 0;
      }
      return there;
    } catch (IOException e) {
      throw FileErrors.cannotWrite(part, e);
    }
  }

  private void requireSpace(RemoteFile file, long there) {
    long needed = file.size().orElse(0) - there;
    long space = folder.space();
    if (needed > space) {
      throw PmfException.environment(
          String.format(
              Locale.ROOT,
              "%s: %s needs %.1f MB more, and the disk has %.1f MB left; free some space, or name"
                  + " another folder by HF_HUB_CACHE",
              folder.cache().root(),
              file.name(),
              needed / MEGABYTE,
              space / MEGABYTE),
          null);
    }
  }

  private void verify(RemoteFile file, Path part) {
    ContentHash kind = ContentHash.kindOf(file.etag());
    String found = kind.of(part, client.waits());
    if (!found.equals(file.etag())) {
      remove(part);
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: %s has arrived damaged: its %s is %s, not %s; it was removed, try again",
              folder.model().repo(),
              file.name(),
              kind.title(),
              found,
              file.etag()));
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(part, e);
    }
  }

  /** The tries of one file, each of which goes on where the one before has ended. */
  private final class Run {
    private final RemoteFile file;
    private final URI address;
    private final Path part;
    private final FetchListener.Transfer shown;
    private long told;
    private long there;
    private long received;

    Run(RemoteFile file, URI address, Path part, FetchListener.Transfer shown, long there) {
      this.file = file;
      this.address = address;
      this.part = part;
      this.shown = shown;
      this.there = there;
      this.told = there;
    }

    long toTheEnd() {
      for (int fruitless = 0; ; fruitless++) {
        long before = received;
        Unreached end;
        try (Answer answer = ask()) {
          receive(answer);
          if (file.size().isEmpty() || there == file.size().getAsLong()) {
            return received;
          }
          end = Unreached.cut(address, null);
        } catch (Unreached e) {
          end = e;
        }
        fruitless = received > before ? 0 : fruitless;
        if (fruitless >= client.backoff().retries()) {
          throw given(end);
        }
        listener.waiting(end.line() + "; going on with " + file.name());
        client.waits().sleep(client.backoff().before(fruitless));
      }
    }

    private PmfException given(Unreached up) {
      return up.told(
          String.format(
              Locale.ROOT,
              ", with %.1f MB of %s there; the same command goes on with it",
              there / MEGABYTE,
              file.name()));
    }

    /** The beginning of an answer, which was tried often enough. */
    private Answer ask() {
      try {
        Answer answer = answer();
        if (answer.status() == NOT_SATISFIABLE && there > 0) {
          answer.close();
          restart();
          answer = answer();
        }
        return answer;
      } catch (Unreached e) {
        throw given(e);
      }
    }

    private Answer answer() throws Unreached {
      Map<String, String> range = there > 0 ? Map.of("Range", "bytes=" + there + "-") : Map.of();
      return client.get(address, range, longest);
    }

    private void receive(Answer answer) throws Unreached {
      refusals.check(folder.model(), file.name(), answer);
      boolean part = answer.status() == PARTIAL;
      boolean goesOn = part && startsAt(answer, there);
      if (!goesOn) {
        restart();
      }
      if (!part) {
        requireLength(answer);
      }
      if (goesOn || !part) {
        write(answer);
      }
    }

    private static boolean startsAt(Answer answer, long offset) {
      return answer.header("Content-Range").orElse("").startsWith("bytes " + offset + "-");
    }

    private void restart() {
      remove(part);
      there = 0;
    }

    /** What has another length is another file, or a page that somebody on the way has made. */
    private void requireLength(Answer answer) {
      if (file.size().isEmpty()) {
        return;
      }
      long announced = answer.count("Content-Length").orElse(file.size().getAsLong());
      if (announced != file.size().getAsLong()) {
        throw PmfException.environment(
            String.format(
                Locale.ROOT,
                "%s: sends %,d bytes for %s, not the %,d that the hub tells%s",
                answer.address().getHost(),
                announced,
                file.name(),
                file.size().getAsLong(),
                answer.isWebPage()
                    ? ", but a web page; is this machine logged in to its network?"
                    : "; try again later"),
            null);
      }
    }

    private void write(Answer answer) throws Unreached {
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        for (List<ByteBuffer> bytes = answer.next(client.waits(), longest);
            !bytes.isEmpty();
            bytes = answer.next(client.waits(), longest)) {
          for (ByteBuffer b : bytes) {
            count(b.remaining());
            while (b.hasRemaining()) {
              out.write(b);
            }
          }
        }
        out.force(true);
      } catch (IOException e) {
        throw FileErrors.cannotWrite(part, e);
      }
    }

    private void count(int bytes) {
      there += bytes;
      received += bytes;
      if (file.size().isPresent() && there > file.size().getAsLong()) {
        remove(part);
        throw PmfException.environment(
            address.getHost() + ": sends more of " + file.name() + " than the hub tells", null);
      }
      if (there > told) {
        shown.advance(there - told);
        told = there;
      }
    }
  }
}
