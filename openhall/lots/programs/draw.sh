#!/bin/bash
# RFC 3797, publicly verifiable selection.
#   draw.sh SEEDS POOL COUNT [STRATUM] [md5|sha256]
# SEEDS: a file, one source a line. Needs bash, sort, md5sum or sha256sum. Prints places, in order.
key=$(grep -v '^#' "$1" | while read -r line; do
  [ -n "$line" ] && printf '%s\n' $line | sort -n | tr '\n' '.' && printf /
done)
pool=$2 count=$3 sum=${5:-md5}sum taken=()
[ -n "$4" ] && key="$key$4./"
[ "$pool" -ge 1 ] && [ "$pool" -le 65535 ] && [ "$count" -le "$pool" ] || {
  echo "RFC 3797 draws from 1 to 65535 entries" >&2
  exit 1
}
for ((turn = 0; turn < count; turn++)); do
  ends=$(printf '\\x%02x\\x%02x' $((turn >> 8)) $((turn & 255)))
  hex=$(printf "$ends%s$ends" "$key" | $sum)
  place=0 left=$((pool - turn))
  for ((c = 0; c < 64; c++)); do
    digit=${hex:c:1}
    [ "$digit" = " " ] && break
    place=$(((place * 16 + 16#$digit) % left))
  done
  place=$((place + 1)) at=0
  for one in "${taken[@]}"; do
    if ((one <= place)); then place=$((place + 1)) at=$((at + 1)); else break; fi
  done
  taken=("${taken[@]:0:at}" "$place" "${taken[@]:at}")
  printf '%s ' "$place"
done
echo
