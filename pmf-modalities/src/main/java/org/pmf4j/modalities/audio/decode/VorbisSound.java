package org.pmf4j.modalities.audio.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Samples of the first Vorbis stream of an Ogg file. Streams beside it are passed over, and those
 * that are chained behind it are not read, as in libsndfile.
 */
final class VorbisSound implements Sound {
  private static final int MOST_PACKET_BYTES = 1 << 24;

  /** How many streams may begin before Vorbis does. */
  private static final int MOST_STREAMS = 16;

  private final InputStream in;
  private final int serial;
  private final VorbisCodec codec = new VorbisCodec();
  private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
  private OggPage page;
  private long granule;

  private VorbisSound(InputStream in, OggPage first) throws IOException {
    this.in = in;
    this.serial = first.serial();
    this.page = first;
    decode(first);
    if (!codec.isDescribed()) {
      throw new BadAudioException("the Ogg file's first page holds no whole header");
    }
  }

  static VorbisSound open(InputStream in) throws IOException {
    OggPage first =
        OggPage.read(in).orElseThrow(() -> new BadAudioException("the Ogg file has no page"));
    OggPage page = first;
    for (int streams = 0; streams < MOST_STREAMS && page.isFirst(); streams++) {
      if (Bytes.isAt(page.data(), 1, "vorbis")) {
        return new VorbisSound(in, page);
      }
      Optional<OggPage> next = OggPage.read(in);
      if (next.isEmpty()) {
        break;
      }
      page = next.get();
    }
    throw new BadAudioException(
        name(first) + " is not supported (of Ogg, Vorbis alone is); convert it to WAV or FLAC");
  }

  private static String name(OggPage page) {
    if (Bytes.isAt(page.data(), 0, "OpusHead")) {
      return "Opus in Ogg";
    }
    if (Bytes.isAt(page.data(), 1, "FLAC")) {
      return "FLAC in Ogg";
    }
    return Bytes.isAt(page.data(), 0, "Speex") ? "Speex in Ogg" : "this kind of Ogg stream";
  }

  @Override
  public int rate() {
    return codec.rate();
  }

  @Override
  public int channels() {
    return codec.channels();
  }

  @Override
  public OptionalLong frames() {
    return OptionalLong.empty();
  }

  @Override
  public float[] read() throws IOException {
    while (!page.isLast()) {
      Optional<OggPage> following = OggPage.read(in);
      if (following.isEmpty()) {
        // Recordings of streams end like this.
        return new float[0];
      }
      OggPage next = following.get();
      if (next.serial() != serial) {
        continue;
      }
      if (next.sequence() != page.sequence() + 1) {
        throw new BadAudioException(
            "the audio is damaged (an Ogg page is missing); replace the file");
      }
      page = next;
      float[] samples = trimmed(decode(page));
      if (samples.length > 0) {
        return samples;
      }
    }
    return new float[0];
  }

  /** Gives all packets that end in a page to the codec. */
  private float[] decode(OggPage from) throws IOException {
    List<float[]> blocks = new ArrayList<>();
    if (!from.isContinued()) {
      packet.reset();
    }
    int at = 0;
    for (byte segment : from.lacing()) {
      int size = segment & 0xFF;
      packet.write(from.data(), at, size);
      at += size;
      if (packet.size() > MOST_PACKET_BYTES) {
        throw new BadAudioException(
            "the audio is damaged (an Ogg packet has no end); replace the file");
      }
      if (size < 255) {
        blocks.add(codec.decode(packet.toByteArray()));
        packet.reset();
      }
    }
    return joined(blocks);
  }

  private static float[] joined(List<float[]> blocks) {
    float[] all = new float[blocks.stream().mapToInt(b -> b.length).sum()];
    int at = 0;
    for (float[] block : blocks) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return all;
  }

  /** The last page says by its granule where the sound ends; the codec's blocks go on. */
  private float[] trimmed(float[] decoded) {
    long frames = decoded.length / channels();
    if (page.granule() >= 0) {
      if (page.isLast()) {
        frames = Math.min(frames, Math.max(0, page.granule() - granule));
      }
      granule = page.granule();
    }
    return Arrays.copyOf(decoded, Math.toIntExact(frames * channels()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
