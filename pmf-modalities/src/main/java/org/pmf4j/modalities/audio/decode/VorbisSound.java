package org.pmf4j.modalities.audio.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Samples of the first logical stream of an Ogg file, which must be Vorbis. */
final class VorbisSound implements Sound {
  private static final int MOST_PACKET_BYTES = 1 << 24;

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
    if (!first.isFirst() || !Bytes.isAt(first.data(), 1, "vorbis")) {
      String found =
          Bytes.isAt(first.data(), 0, "OpusHead")
              ? "Opus in Ogg"
              : Bytes.isAt(first.data(), 1, "FLAC") ? "FLAC in Ogg" : "this kind of Ogg stream";
      throw new BadAudioException(
          found + " is not supported (of Ogg, Vorbis alone is); convert it to WAV or FLAC");
    }
    return new VorbisSound(in, first);
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
      OggPage next =
          OggPage.read(in)
              .orElseThrow(
                  () ->
                      new BadAudioException(
                          "the audio is truncated: its last Ogg page is missing; replace the file"));
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
