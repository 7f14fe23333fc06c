# Completes the line "$1" as a shell at a terminal does, by the script $SCRIPT, and writes what is offered into $OFFERED.
if [[ $1 != --inside ]]; then
  zmodload zsh/zpty
  zpty shell zsh -f -i
  zpty -w shell "source ${0:A} --inside"
  zpty -w -n shell "$1"$'\t'
  repeat 1200; do
    while zpty -r -t shell _; do :; done
    [[ -e $OFFERED.end ]] && break
    sleep 0.05
  done
  zpty -d shell
  return
fi

autoload -Uz compinit
compinit -u -D
source $SCRIPT
compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a hits
    builtin compadd -A hits "$@"
    print -rl -- $^hits >> $OFFERED
  fi
  builtin compadd "$@"
}
ended() { print -r -- end > $OFFERED.end }
comppostfuncs=(ended)
bindkey '^I' complete-word
