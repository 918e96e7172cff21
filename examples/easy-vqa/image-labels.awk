# Derives a table image,label with labels such as circle|red from the questions and answers about
# each image: what an answer names, and what a question names that is rightly affirmed. Images of
# which only one of shape and colour is told are left out.
#   awk -v folder="$PMF_DATA/easy-vqa/" -f image-labels.awk train.csv > image-train.csv
BEGIN {
  FS = ","
  split("circle rectangle triangle", s, " "); for (i in s) shapes[s[i]]
  split("black blue brown gray green red teal yellow", c, " "); for (i in c) colours[c[i]]
  print "image,label"
}
NR > 1 {
  sub(/\r$/, "")
  image = $1; question = $2; answer = $3
  if (!(image in seen)) { seen[image]; order[++n] = image }
  if (answer in shapes) shape[image] = answer
  if (answer in colours) colour[image] = answer
  negated = question ~ /(^| )(not|no)( |$)/
  yes_no = answer == "yes" || answer == "no"
  if (!yes_no || (answer == "yes" && !negated) || (answer == "no" && negated)) {
    words = split(question, w, /[^a-z]+/)
    for (i = 1; i <= words; i++) {
      if (w[i] in shapes) shape[image] = w[i]
      if (w[i] in colours) colour[image] = w[i]
    }
  }
}
END {
  for (i = 1; i <= n; i++) {
    image = order[i]
    if (image in shape && image in colour) print folder image "," shape[image] "|" colour[image]
  }
}
