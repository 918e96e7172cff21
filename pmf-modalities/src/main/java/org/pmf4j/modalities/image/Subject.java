package org.pmf4j.modalities.image;

/** What a file should be, in the words of messages. */
enum Subject {
  /** A picture. */
  IMAGE("image", "an image", ImageDecoder.FORMATS, "save it as JPEG or PNG"),
  /** Pictures that follow each other. */
  VIDEO(
      "video",
      "a video",
      AnimationDecoder.FORMATS,
      "give an animated GIF or WebP, or a folder of its frames as pictures, as ffmpeg -i FILE"
          + " FOLDER/%05d.png writes one");

  private final String noun;
  private final String one;
  private final String formats;
  private final String advice;

  Subject(String noun, String one, String formats, String advice) {
    this.noun = noun;
    this.one = one;
    this.formats = formats;
    this.advice = advice;
  }

  /** The word. */
  String noun() {
    return noun;
  }

  /** The word behind its article. */
  String one() {
    return one;
  }

  /** The formats that are read. */
  String formats() {
    return formats;
  }

  /** What to do with a file of another format. */
  String advice() {
    return advice;
  }
}
