package org.pmf4j.core.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.store.FileRead;
import org.pmf4j.core.store.StoredType;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorMemory;
import org.pmf4j.core.store.TensorStore;
import org.pmf4j.core.store.Widening;

/**
 * One file of {@code torch.save}. Which tensors there are, and that all of their bytes are, is
 * checked when the file is opened; nothing that it names is run. Tensors are read when they are
 * asked for, into memory of their own and never by a mapping; views become plain row-major tensors.
 * Complex, quantized, sparse and other tensors that are no plain numbers are refused when they are
 * asked for. Several threads may read at once.
 */
public final class PyTorchFile implements TensorStore {
  private static final int BEGINNING = 512;
  private static final int ZIP = 0x04034b50;
  private static final int PICKLE = 0x80;
  private static final int TAR_MAGIC = 257;

  /** Expanded tensors above this are no weights but an attempt to fill the memory. */
  private static final long LARGEST_EXPANDED = 64 << 20;

  private final Path path;
  private final FileRead bytes;
  private final Checkpoint checkpoint;
  private final Map<String, SavedTensor> tensors;

  private PyTorchFile(
      Path path, FileRead bytes, Checkpoint checkpoint, Map<String, SavedTensor> tensors) {
    this.path = path;
    this.bytes = bytes;
    this.checkpoint = checkpoint;
    this.tensors = tensors;
  }

  /**
   * Opens a file.
   *
   * @throws PmfException in one line, if it is missing, unreadable, breaks the format, or wants
   *     what no plain checkpoint wants
   */
  public static PyTorchFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw PmfException.input(path + ": is a folder, not a PyTorch checkpoint");
    }
    InputFile.requireRegular(path);
    FileRead bytes;
    try {
      bytes = FileRead.open(path);
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
    try {
      Checkpoint checkpoint = read(path, bytes);
      return new PyTorchFile(path, bytes, checkpoint, StateDict.tensors(path, checkpoint.root()));
    } catch (RuntimeException | Error e) {
      bytes.close();
      throw e;
    }
  }

  private static Checkpoint read(Path path, FileRead bytes) {
    if (bytes.size() == 0) {
      throw PmfException.input(path + ": broken PyTorch file: the file is empty");
    }
    ByteBuffer beginning =
        ByteBuffer.wrap(bytes.bytes(0, (int) Math.min(bytes.size(), BEGINNING)))
            .order(ByteOrder.LITTLE_ENDIAN);
    InputFile.refuseStandIn(path, beginning);
    if (beginning.limit() >= Integer.BYTES && beginning.getInt(0) == ZIP) {
      return ZipCheckpoint.read(path, bytes);
    }
    if (Byte.toUnsignedInt(beginning.get(0)) == PICKLE) {
      return LegacyCheckpoint.read(path, bytes);
    }
    if (hasText(beginning, TAR_MAGIC, "ustar")) {
      throw PmfException.input(
          path
              + ": is a tar file, as PyTorch before 0.1.10 wrote them; load it and save it again"
              + " with a later one");
    }
    if (hasText(beginning, Long.BYTES, "{\"")) {
      throw PmfException.input(
          path + ": is a safetensors file under another name; call it model.safetensors");
    }
    throw PmfException.input(path + ": is no file of torch.save; is it the right file?");
  }

  private static boolean hasText(ByteBuffer beginning, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    return beginning.limit() >= at + expected.length
        && beginning.slice(at, expected.length).equals(ByteBuffer.wrap(expected));
  }

  @Override
  public Path source() {
    return path;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Empty: the format has none. */
  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public TensorInfo info(String name) {
    return saved(name).info(name);
  }

  private SavedTensor saved(String name) {
    SavedTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: there is no tensor %s among its %d",
              path,
              Shown.plain(name),
              tensors.size()));
    }
    return tensor;
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    SavedTensor tensor = saved(name);
    if (tensor instanceof SavedTensor.View view) {
      requireReadable(name, view);
    }
    return new TensorMemory(path)
        .filled(tensor.info(name), memory, data -> fill(data, (SavedTensor.View) tensor));
  }

  private void requireReadable(String name, SavedTensor.View view) {
    if (view.layout().isOverlapping()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s is a view whose windows overlap, which is not read; save it as"
                  + " tensor.contiguous()",
              path,
              Shown.plain(name)));
    }
    long elements = view.info(name).shape().size();
    if (elements > LARGEST_EXPANDED && elements > view.layout().extent()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s expands %d numbers to %d, which no weight does",
              path,
              Shown.plain(name),
              view.layout().extent(),
              elements));
    }
  }

  private void fill(ByteBuffer data, SavedTensor.View view) {
    Layout layout = view.layout();
    StoredType type = view.stored();
    int width = view.type().bytes();
    long extent = layout.extent();
    if (extent == 0) {
      data.position(data.limit());
      return;
    }
    Consumer<ByteBuffer> into =
        layout.isRowMajor() ? Widening.into(data, type) : scattered(data, layout, type);
    long from = checkpoint.positions().get(view.storage().key()) + layout.offset() * width;
    bytes.read(
        from, extent * width, checkpoint.bigEndian() && width > 1 ? swapped(width, into) : into);
    data.position(data.limit());
  }

  private static Consumer<ByteBuffer> scattered(ByteBuffer data, Layout layout, StoredType type) {
    DType as = type.readAs().orElseThrow();
    StridedElements elements = new StridedElements(layout, data, as.bytes());
    long[] first = {0};
    return piece -> {
      int count = piece.remaining() / type.bytes();
      ByteBuffer wide = ByteBuffer.allocate(count * as.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      Widening.into(wide, type).accept(piece);
      elements.take(wide.flip(), first[0]);
      first[0] += count;
    };
  }

  /** Turns the bytes of each element around: 2, 4 or 8. */
  private static Consumer<ByteBuffer> swapped(int width, Consumer<ByteBuffer> into) {
    return piece -> {
      ByteBuffer bigEndian = piece.duplicate().order(ByteOrder.BIG_ENDIAN);
      for (int at = 0; at < piece.limit(); at += width) {
        switch (width) {
          case 2 -> piece.putShort(at, bigEndian.getShort(at));
          case 4 -> piece.putInt(at, bigEndian.getInt(at));
          default -> piece.putLong(at, bigEndian.getLong(at));
        }
      }
      into.accept(piece);
    };
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return path + " (" + tensors.size() + " tensors)";
  }
}
