package org.pmf4j.modalities.audio.decode;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.util.Arrays;
import java.util.Locale;

/**
 * JOrbis, packet by packet: three headers, then blocks that overlap. JOrbis trusts what headers
 * say, so they are checked before; comments, which may tell of gigabytes, it never sees.
 */
final class VorbisCodec {
  private static final int HEADERS = 3;

  /** Where the identification header holds the sizes of blocks, as exponents of 2. */
  private static final int BLOCK_SIZES = 28;

  private static final int LEAST_EXPONENT = 6;
  private static final int MOST_EXPONENT = 13;

  /** A comment header without comments: type, name, no vendor, no comments, end. */
  private static final byte[] NO_COMMENTS = {
    3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private final Info info = new Info();
  private final Comment comment = new Comment();
  private final DspState state = new DspState();
  private final Block block = new Block(state);
  private int packets;
  private int longestBlock;

  VorbisCodec() {
    info.init();
    comment.init();
  }

  /** True once the first header was read, which tells rate and channels. */
  boolean isDescribed() {
    return packets > 0;
  }

  int rate() {
    return info.rate;
  }

  int channels() {
    return info.channels;
  }

  /**
   * Decodes a packet.
   *
   * @return samples, interleaved; none for a header
   * @throws BadAudioException if the packet is damaged
   */
  float[] decode(byte[] bytes) throws BadAudioException {
    Packet packet = new Packet();
    packet.packet_base = packets < HEADERS ? checked(bytes) : bytes;
    packet.bytes = packet.packet_base.length;
    packet.b_o_s = packets == 0 ? 1 : 0;
    packet.packetno = packets;
    // Where the sound ends is the container's to say.
    packet.granulepos = -1;
    if (packets < HEADERS) {
      header(packet);
      return new float[0];
    }
    packets++;
    if (block.synthesis(packet) != 0) {
      throw broken();
    }
    state.synthesis_blockin(block);
    return samples();
  }

  /** A header that JOrbis may see. */
  private byte[] checked(byte[] header) throws BadAudioException {
    switch (packets) {
      case 0 -> longestBlock = longestBlock(header);
      case 1 -> {
        if (header.length == 0 || header[0] != 3 || !Bytes.isAt(header, 1, "vorbis")) {
          throw broken();
        }
        return NO_COMMENTS;
      }
      default -> VorbisSetup.check(header, info.channels, longestBlock);
    }
    return header;
  }

  private static int longestBlock(byte[] identification) throws BadAudioException {
    if (identification.length <= BLOCK_SIZES) {
      throw broken();
    }
    int shorter = identification[BLOCK_SIZES] & 0xF;
    int longer = identification[BLOCK_SIZES] >> 4 & 0xF;
    if (shorter < LEAST_EXPONENT || shorter > longer || longer > MOST_EXPONENT) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the audio is damaged (Vorbis blocks of 2^%d and 2^%d samples); replace the file",
              shorter,
              longer));
    }
    return 1 << longer;
  }

  private void header(Packet packet) throws BadAudioException {
    if (info.synthesis_headerin(comment, packet) < 0) {
      throw broken();
    }
    packets++;
    if (packets == HEADERS) {
      state.synthesis_init(info);
      block.init(state);
    }
  }

  private float[] samples() {
    float[][][] pcm = new float[1][][];
    int[] starts = new int[info.channels];
    float[] samples = {};
    for (int n = state.synthesis_pcmout(pcm, starts);
        n > 0;
        n = state.synthesis_pcmout(pcm, starts)) {
      int at = samples.length;
      samples = Arrays.copyOf(samples, at + n * info.channels);
      for (int c = 0; c < info.channels; c++) {
        for (int i = 0; i < n; i++) {
          samples[at + i * info.channels + c] = pcm[0][c][starts[c] + i];
        }
      }
      state.synthesis_read(n);
    }
    return samples;
  }

  private static BadAudioException broken() {
    return new BadAudioException(
        "the audio is damaged (a Vorbis packet is broken); replace the file");
  }
}
